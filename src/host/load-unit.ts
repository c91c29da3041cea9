import { Agreement } from "../contract/index.js";
import { Domain, type Pool } from "../domain/index.js";
import { LeaseholdError } from "../errors.js";
import { effectiveLimits, sealFor, sessionLimits, type Consents, type Limits, type Seal } from "../policy/index.js";
import { abortable, withinTime } from "../time.js";
import {
  exportNamesOf,
  linkPlan,
  resolveSource,
  type Isolation,
  type LinkPlan,
  type UnitManifest,
  type UnitPackage,
  type UnitSource,
} from "../unit/index.js";
import { leaseParts } from "./builder-leases.js";
import { markHung } from "./hung.js";
import { chooseIsolation, chooseLife, decideGrant } from "./load-choices.js";
import type { LoadedUnit, LoadedUnitOptions } from "./loaded-unit.js";
import type { RequiredUnits, Requiring } from "./required-units.js";
import type { HostOptions, LoadOptions, LoadProgress } from "./types.js";

/** What a load knows of its unit when it enters that into the host's books. */
export type UnitToRegister = Omit<
  LoadedUnitOptions,
  | "id"
  | "serial"
  | "accountOf"
  | "dependents"
  | "site"
  | "services"
  | "isObserved"
  | "ledger"
  | "collector"
  | "emit"
  | "onGone"
> & { source: UnitPackage };

/** What the host gives to a load. */
export interface LoadEnvironment {
  options: HostOptions;
  pool: Pool;
  consents: Consents;
  /** Aborts when the host is disposed of. */
  signal: AbortSignal;
  required: RequiredUnits;
  /** Where in the page's code the load was asked for. */
  site: string | undefined;
  /** Enters a unit into the host's books. */
  register(unit: UnitToRegister): LoadedUnit;
}

/**
 * The way of a load.
 *
 * 1. The source becomes a snapshot: fetched, its integrity checked. So do those of the units that it requires.
 * 2. The manifest's wish meets the grant.
 * 3. The modules become a plan for Blob URLs. What cannot be linked fails here, before there is a domain, and so does what does not
 *    fulfil the page's contract.
 * 4. The unit is entered into the books, and depends on those that it requires.
 * 5. A domain, warm or new, is sealed for this unit alone.
 * 6. The guest in it links, runs and activates the unit.
 *
 * Whatever fails, and whenever it is aborted, the domain is closed and the unit leaves the books.
 */
export async function loadUnit(
  source: UnitSource,
  load: LoadOptions,
  environment: LoadEnvironment,
): Promise<LoadedUnit> {
  const { options: host, required, register } = environment;
  const cancel = new AbortController();
  const signal = AbortSignal.any([cancel.signal, environment.signal, ...(load.signal ? [load.signal] : [])]);
  const limits = effectiveLimits(host.limits, load.limits);
  let unit: LoadedUnit | undefined;
  let loaded = 0;
  const report = (phase: LoadProgress["phase"]): void => load.onProgress?.({ phase, loaded, total: loaded });
  const requiring: Requiring = {
    signal,
    site: environment.site,
    builders: new Map(),
    onBytes(bytes) {
      loaded += bytes;
      if (signal.aborted) return;
      try {
        load.onProgress?.({ phase: "fetch", loaded });
      } catch (error) {
        // Others may wait for the same bytes.
        cancel.abort(error);
      }
    },
  };
  try {
    signal.throwIfAborted();
    const resolving = resolveSource(source, {
      signal,
      maxBytes: limits.messageBytes,
      onProgress(progress) {
        signal.throwIfAborted();
        loaded = progress.loaded;
        load.onProgress?.(progress);
      },
    });
    const resolved = await abortable(resolving, signal);
    const { manifest } = resolved;
    const isolation = chooseIsolation(manifest, load);
    const collectible = chooseLife(manifest, load);
    const linked = await required.find(resolved, requiring);
    const { consents } = environment;
    const authorize = host.authorize?.bind(host);
    const grant = await abortable(decideGrant(manifest, source, load.grant, { authorize, consents }), signal);
    const seal = sealFor(grant);
    const plan = linkPlan(
      resolved,
      linked.map(({ source: each }) => each),
    );
    const exportNames = exportNamesOf(plan);
    const agreement = load.contract && new Agreement(load.contract, manifest, exportNames);

    report("start");
    const held = sessionLimits(host.limits, load.limits);
    const callTimeout = load.limits?.callTimeout ?? host.limits?.callTimeout;
    unit = register({
      source: resolved,
      manifest,
      isolation,
      collectible,
      grant,
      limits,
      sessionLimits: held,
      callTimeout,
      cancelLoad: aborting(cancel),
      exportNames,
      agreement,
    });
    const grants = required.join(unit, linked, requiring);
    signal.throwIfAborted();
    const domain = await openDomain(isolation, seal, load.container, environment, signal);
    unit.life.enter(domain);
    leaseParts(source, unit.life);
    // What a function sees from here is kept as long as the unit, which the plan, with all its text, must not be.
    const linking = linkingOf(plan);
    report("link");
    signal.throwIfAborted();
    if (load.container) unit.show(load.container);
    const starting = domain.start(plan, {
      seal,
      host: unit.hostControl,
      capabilities: unit.grantCapabilities(grants),
      hasView: manifest.view ?? false,
      messageBytes: held.messageBytes,
    });
    await abortable(
      withinTime(Promise.race([unit.linked, starting]), limits.callTimeout, () => late(manifest, linking, limits)),
      signal,
    );
    report("activate");
    signal.throwIfAborted();
    await abortable(
      withinTime(starting, limits.callTimeout, () => late(manifest, "activate", limits)),
      signal,
    );
    signal.throwIfAborted();
    unit.life.activated();
    return unit;
  } catch (caught) {
    const error = signal.aborted ? aborted(signal.reason) : caught;
    unit?.life.abandon(error);
    // Of several required units the others may still be looked for.
    cancel.abort(error);
    throw error;
  } finally {
    required.end(requiring);
  }
}

/** Made here, because the unit keeps it: in Firefox and WebKit a function keeps whatever is in sight where it is made. */
const aborting =
  (controller: AbortController) =>
  (reason: LeaseholdError): void =>
    controller.abort(reason);

async function openDomain(
  isolation: Isolation,
  seal: Seal,
  container: Element | undefined,
  { options, pool }: LoadEnvironment,
  signal: AbortSignal,
): Promise<Domain> {
  // Where a frame cannot be moved without reloading it, one for a container has to start there.
  const canUseWarm = !container || "moveBefore" in Element.prototype;
  const warm = canUseWarm ? pool.take(isolation, seal) : undefined;
  if (!warm) {
    return Domain.open({
      isolation,
      seal,
      container: canUseWarm ? undefined : container,
      frameUrl: options.frameUrl,
      signal,
    });
  }
  // One that comes after the abort is nobody's.
  warm.then((domain) => signal.aborted && domain.close(signal.reason)).catch(() => {});
  return abortable(warm, signal);
}

/** What is done until a unit is linked, in words. */
function linkingOf({ required = [] }: LinkPlan): string {
  const active = required.filter(({ isActive }) => isActive).map(({ unit }) => unit);
  return ["load its modules", ...(active.length > 0 ? [`activate ${active.join(", ")}`] : [])].join(" and ");
}

function late({ name }: UnitManifest, what: string, { callTimeout }: Limits): LeaseholdError {
  const message =
    `${name} took more than ${callTimeout} ms to ${what}. Does it await something that never comes? ` +
    `If it only needs longer, raise limits.callTimeout.`;
  return markHung(new LeaseholdError("TimeoutError", "load-late", message, { unit: name }));
}

function aborted(reason: unknown): LeaseholdError {
  if (reason instanceof LeaseholdError) return reason;
  return new LeaseholdError("LoadError", "load-aborted", "The load was aborted by its signal.", { cause: reason });
}
