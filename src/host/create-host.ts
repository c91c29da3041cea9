import { checkServices, forgetUnit, type Services } from "../capability/index.js";
import { ASYNC_DISPOSE } from "../dispose.js";
import { Domain, Pool } from "../domain/index.js";
import { LeaseholdError } from "../errors.js";
import { Collector, Ledger, type Account, type Lease } from "../lifetime/index.js";
import {
  isolationOf,
  nameOf,
  resolveManifest,
  UnitWriter,
  type Isolation,
  type UnitBuilder,
  type UnitManifest,
  type UnitPackage,
  type UnitSource,
} from "../unit/index.js";
import { invokerOf, type Remote } from "../remoting/index.js";
import { Consents, effectiveLimits, sessionLimits } from "../policy/index.js";
import { resolveHandle } from "./handle.js";
import type { Handle } from "./reflection-types.js";
import { isHung } from "./hung.js";
import { LoadedUnit } from "./loaded-unit.js";
import { loadUnit, type UnitToRegister } from "./load-unit.js";
import { RequiredUnits } from "./required-units.js";
import type { Host, HostEvents, HostOptions, HostStats, LoadOptions, Unit } from "./types.js";

/** Makes a host. It owns what is loaded through it until it is disposed of. */
export function createHost(options: HostOptions = {}): Host {
  return new LeaseholdHost(options);
}

class LeaseholdHost extends EventTarget implements Host {
  readonly #options: HostOptions;
  readonly #units = new Map<string, LoadedUnit>();
  readonly #disposal = new AbortController();
  readonly #loads = new Set<Promise<unknown>>();
  readonly #pool: Pool;
  readonly #required: RequiredUnits;
  #lastSerial = 0;
  readonly #ledger: Ledger;
  readonly #collector: Collector;
  readonly #consents = new Consents();
  readonly #services: Services;
  /** Events that somebody has asked for, of those that cost more than what they tell of. */
  readonly #observed = new Set<string>();

  constructor(options: HostOptions) {
    super();
    this.#options = options;
    this.#services = { ...options.capabilities };
    checkServices(this.#services);
    this.#ledger = new Ledger({
      hasSites: options.diagnostics ?? false,
      onTake: (lease) => this.#tell("lease", lease),
      onRelease: (lease) => {
        this.#tell("release", lease);
        this.#collector.changed();
      },
      onSettled: () => this.#collector.changed(),
    });
    this.#collector = new Collector(this.#ledger);
    const limits = effectiveLimits(options.limits, undefined);
    const open = (isolation: Isolation, signal: AbortSignal): Promise<Domain> =>
      Domain.open({ isolation, frameUrl: options.frameUrl, signal: AbortSignal.any([signal, this.#disposal.signal]) });
    this.#pool = new Pool(options.pool ?? { frame: 1, worker: 1 }, open);
    this.#pool.fill();
    this.#required = new RequiredUnits({
      resolve: options.resolve?.bind(options),
      maxBytes: limits.messageBytes,
      register: (...required) => this.#registerRequired(...required),
      announce: (unit) => {
        unit.release();
        this.#emit("load", { unit: unit as Unit });
      },
    });
  }

  get units(): ReadonlyMap<string, Unit> {
    return this.#units as ReadonlyMap<string, LoadedUnit> as ReadonlyMap<string, Unit>;
  }

  async load<T extends object = Record<string, unknown>>(
    source: UnitSource,
    options: LoadOptions = {},
  ): Promise<Unit<T>> {
    const { signal } = this.#disposal;
    if (signal.aborted) throw signal.reason as LeaseholdError;
    const site = this.#ledger.site();
    const loading = loadUnit(source, options, {
      options: this.#options,
      pool: this.#pool,
      consents: this.#consents,
      signal,
      required: this.#required,
      site,
      register: (unit) => this.#register(unit, site),
    });
    const settled = loading.catch(() => {});
    this.#loads.add(settled);
    try {
      const unit = await loading;
      this.#emit("load", { unit: unit as Unit });
      return unit as LoadedUnit<T>;
    } catch (error) {
      if (isHung(error)) this.#pool.empty();
      throw error;
    } finally {
      this.#loads.delete(settled);
      this.#refill();
    }
  }

  inspect(source: UnitSource): Promise<UnitManifest> {
    return resolveManifest(source);
  }

  define(name: string, version?: string): UnitBuilder {
    return new UnitWriter(name, version);
  }

  stats(): HostStats {
    const units = [...this.#units.values()];
    const domains = units.flatMap(({ domain }) => domain ?? []);
    return {
      units: units.length,
      frames: domains.filter(({ frame }) => frame.isConnected).length,
      workers: domains.filter(({ isolation, frame }) => isolation === "worker" && frame.isConnected).length,
      urls: domains.reduce((sum, { urls }) => sum + urls.live, 0),
      ports: domains.length,
      leases: this.#ledger.size,
      warm: this.#pool.size,
    };
  }

  override addEventListener(...args: Parameters<EventTarget["addEventListener"]>): void {
    this.#observed.add(args[0]);
    super.addEventListener(...args);
  }

  async forget(name: string): Promise<void> {
    this.#consents.forget(name);
    await forgetUnit(this.#services, name);
  }

  release(ids: Iterable<number>): number {
    return this.#ledger.revoke(ids);
  }

  snapshot(): ReturnType<Host["snapshot"]> {
    return { units: [...this.#units.values()].map((unit) => unit.snapshot()), leases: this.#ledger.snapshot() };
  }

  resolveHandle<T>(handle: Handle | string): Remote<T> {
    return resolveHandle<T>(handle, (id) => this.#units.get(id));
  }

  async dispose(): Promise<void> {
    this.#disposal.abort(
      new LeaseholdError("InvalidStateError", "host-disposed", "This host was disposed of; create another one."),
    );
    await Promise.all([...this.#loads, this.#pool.close()]);
    await Promise.all([...this.#units.values()].map((unit) => unit.end()));
  }

  [ASYNC_DISPOSE](): Promise<void> {
    return this.dispose();
  }

  #register({ source, ...unit }: UnitToRegister, site: string | undefined): LoadedUnit {
    const id = this.#freeId(nameOf(unit.manifest));
    const registered = new LoadedUnit({
      ...unit,
      id,
      serial: ++this.#lastSerial,
      accountOf: (value) => this.#accountOf(value),
      dependents: (account) => this.#dependentsOf(account),
      site,
      services: this.#services,
      isObserved: (type) => this.#observed.has(type),
      ledger: this.#ledger,
      collector: this.#collector,
      emit: (type, detail) => this.#emit(type, detail),
      onGone: ({ finalizerErrors }) => {
        this.#units.delete(id);
        this.#required.forget(registered);
        if (!finalizerErrors.some(isHung)) return;
        this.#pool.empty();
        this.#refill();
      },
    });
    this.#units.set(id, registered);
    this.#required.enter(registered, source);
    return registered;
  }

  /** Enters a unit that runs in the domains of others. */
  #registerRequired(source: UnitPackage, isPermanent: boolean, site: string | undefined): LoadedUnit {
    const unit = this.#register(
      {
        source,
        manifest: source.manifest,
        isolation: isolationOf(source.manifest),
        collectible: isPermanent ? false : "auto",
        grant: {},
        limits: effectiveLimits(this.#options.limits, undefined),
        sessionLimits: sessionLimits(this.#options.limits, undefined),
        callTimeout: undefined,
        cancelLoad: () => {},
        exportNames: [],
        agreement: undefined,
      },
      site,
    );
    unit.life.activated();
    return unit;
  }

  #dependentsOf(account: Account): LoadedUnit[] {
    return [...this.#units.values()].filter(({ life }) => life.account.requires.has(account));
  }

  #accountOf(value: unknown): Account | undefined {
    const invoker = invokerOf(value);
    if (!invoker) return undefined;
    return [...this.#units.values()].find(({ domain }) => domain?.session.invoker === invoker)?.life.account;
  }

  #freeId(name: string): string {
    let id = name;
    for (let count = 2; this.#units.has(id); count++) id = `${name}#${count}`;
    return id;
  }

  #refill(): void {
    setTimeout(() => this.#pool.fill(), COURTESY);
  }

  #tell(type: "lease" | "release", lease: Lease): void {
    if (this.#observed.has(type)) this.#emit(type, { lease: this.#ledger.describe(lease) });
  }

  #emit<K extends keyof HostEvents>(type: K, detail: HostEvents[K]): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Milliseconds after a load in which the page is left to what it loaded the unit for. */
const COURTESY = 100;
