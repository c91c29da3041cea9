import { LeaseholdError } from "../errors.js";
import { inheritGrants, join } from "../policy/index.js";
import {
  highest,
  isInRange,
  isSamePackage,
  resolveRequirements,
  wishOf,
  type Grant,
  type RequiredUnit,
  type UnitManifest,
  type UnitPackage,
  type UnitSource,
} from "../unit/index.js";
import { thrownText } from "../thrown-text.js";
import { abortable } from "../time.js";
import { leaseParts } from "./builder-leases.js";
import type { LoadedUnit } from "./loaded-unit.js";
import { SharedSources } from "./shared-sources.js";
import type { HostOptions } from "./types.js";

export interface RequiredUnitsOptions {
  resolve: HostOptions["resolve"];
  /** That the source of each may have. */
  maxBytes: number | undefined;
  /** Enters a unit into the host's books that runs in the domains of others alone. Until it is announced the host holds it. */
  register(source: UnitPackage, isPermanent: boolean, site: string | undefined): LoadedUnit;
  /** Tells of such a unit, and leaves it to those that require it. */
  announce(unit: LoadedUnit): void;
}

/** One load, as far as it is about what the unit requires. */
export interface Requiring {
  signal: AbortSignal;
  /** Where in the page's code it was asked for. */
  site: string | undefined;
  onBytes(bytes: number): void;
  /** What was found, builders among it, by what it turned out to be. */
  builders: Map<UnitPackage, Set<UnitSource>>;
}

/**
 * The units that others require. Each is linked into the domains of those anew, but it is one unit of the host's: it has one source,
 * and a lease for each domain that it is part of. Where nobody has loaded it by itself, it goes with the last of them.
 */
export class RequiredUnits {
  readonly #options: RequiredUnitsOptions;
  readonly #sources: SharedSources;
  /** What the host's units were loaded from. */
  readonly #units = new Map<LoadedUnit, UnitPackage>();
  /** What each may do in the domain of whom, of the units that have no domain of their own. */
  readonly #grants = new Map<LoadedUnit, Map<LoadedUnit, Grant>>();

  constructor(options: RequiredUnitsOptions) {
    this.#options = options;
    this.#sources = new SharedSources(options.maxBytes);
  }

  /**
   * Finds all that is to be linked with a unit, each behind what it requires itself.
   * @throws LeaseholdError "LoadError" that names requester and range, or as reading a source does
   */
  async find(unit: UnitPackage, load: Requiring): Promise<RequiredUnit[]> {
    if (Object.keys(unit.manifest.requires ?? {}).length === 0) return [];
    const known = new Set<UnitPackage>();
    return resolveRequirements(unit, async (name, range, requester) => {
      const source = await this.#resolve(name, range, requester, load);
      const wish = { name, range, requester };
      const offer = source === undefined ? this.#loaded(name, range) : await this.#read(source, wish, load);
      if (!offer) return undefined;
      // One unit is one object, wherever and however often it was found.
      const found = [...known, ...this.#sourcesLoaded()].find((each) => isSamePackage(each, offer)) ?? offer;
      known.add(found);
      if (source !== undefined) load.builders.set(found, (load.builders.get(found) ?? new Set()).add(source));
      return found;
    });
  }

  /**
   * Makes a unit depend on all that it is linked with.
   * @returns what each may do in its domain, the unit itself among them
   * @throws LeaseholdError "NotSupportedError" (`permanent-depends`)
   */
  join(user: LoadedUnit, required: readonly RequiredUnit[], { builders, site }: Requiring): Map<UnitManifest, Grant> {
    const members = required.map(({ source: { manifest }, requirements }) => {
      return { manifest, requesters: requirements.map(({ requester }) => requester) };
    });
    const grants = inheritGrants(user.manifest, user.grant, members);
    for (const { source, requirements } of required) {
      const isPermanent = user.collectible === false;
      const known = this.#unitOf(source, isPermanent);
      const unit = known ?? this.#options.register(source, isPermanent, site);
      this.#sources.keep(source, unit);
      for (const builder of builders.get(source) ?? []) leaseParts(builder, unit.life);
      unit.life.account.take({
        kind: "dependent",
        holder: user.life.account,
        label: requirements.map(wishOf).join(", "),
        isFixed: true,
        site,
      });
      this.#grant(unit, user, grants.get(source.manifest) ?? {});
      // Whoever hears of it may end it at once, and with it those that require it: these have to be known.
      if (!known) this.#options.announce(unit);
    }
    return grants;
  }

  /** A load is over. */
  end(load: Requiring): void {
    this.#sources.leave(load);
  }

  /** A unit is there. */
  enter(unit: LoadedUnit, source: UnitPackage): void {
    this.#units.set(unit, source);
  }

  /** A unit has gone. */
  forget(unit: LoadedUnit): void {
    this.#units.delete(unit);
    this.#sources.leave(unit);
    this.#grants.delete(unit);
    for (const [each, users] of this.#grants) {
      if (!users.delete(unit)) continue;
      each.grant = [...users.values()].reduce(join, {});
      // The garbage collector does not take it.
      if (users.size === 0 && each.collectible === false) void each.end();
    }
  }

  async #resolve(
    name: string,
    range: string,
    requester: UnitManifest,
    { signal }: Requiring,
  ): Promise<UnitSource | undefined> {
    signal.throwIfAborted();
    try {
      const source = await abortable((async () => this.#options.resolve?.(name, range, requester))(), signal);
      // Many a lookup gives null where there is nothing.
      return source ?? undefined;
    } catch (cause) {
      signal.throwIfAborted();
      const message = `${wishOf({ name, range, requester })}, but resolve() threw: ${thrownText(cause)}`;
      throw new LeaseholdError("LoadError", "resolve-failed", message, { unit: requester.name, cause });
    }
  }

  async #read(
    source: UnitSource,
    wish: { name: string; range: string; requester: UnitManifest },
    load: Requiring,
  ): Promise<UnitPackage> {
    try {
      return await this.#sources.read(source, load, load);
    } catch (error) {
      load.signal.throwIfAborted();
      if (!(error instanceof LeaseholdError)) throw error;
      const message = `${wishOf(wish)}, which cannot be had: ${error.message}`;
      // What is no source at all is not the unit's fault, but that of the page's own `resolve`.
      const isForeign = error.code === "source-unknown" && typeof source !== "string";
      const name = isForeign ? "InvalidStateError" : error.name;
      throw new LeaseholdError(name, error.code, message, { unit: error.unit ?? wish.name, cause: error });
    }
  }

  /** The highest version that the page has loaded, or that others require, of those within the range. */
  #loaded(name: string, range: string): UnitPackage | undefined {
    const suits = ({ manifest }: UnitPackage): boolean => manifest.name === name && isInRange(manifest.version, range);
    return highest(this.#sourcesLoaded().filter(suits));
  }

  #sourcesLoaded(): UnitPackage[] {
    return [...this.#units].filter(([{ state }]) => state === "active").map(([, source]) => source);
  }

  /**
   * The unit that is made of a source, preferably one that the page has loaded. One that goes with its last user is none that a
   * permanent unit could be the user of.
   */
  #unitOf(source: UnitPackage, isForPermanent: boolean): LoadedUnit | undefined {
    const isIt = ([{ state }, each]: [LoadedUnit, UnitPackage]): boolean =>
      state === "active" && isSamePackage(each, source);
    const units = [...this.#units].filter(isIt).map(([unit]) => unit);
    const own = units.find(({ domain }) => domain);
    return isForPermanent ? (units.find(({ collectible }) => collectible === false) ?? own) : (own ?? units[0]);
  }

  #grant(unit: LoadedUnit, user: LoadedUnit, grant: Grant): void {
    // What it may do in a domain of its own was decided when it was loaded.
    if (unit.domain) return;
    const users = this.#grants.get(unit) ?? new Map<LoadedUnit, Grant>();
    this.#grants.set(unit, users.set(user, grant));
    unit.grant = join(unit.grant, grant);
  }
}
