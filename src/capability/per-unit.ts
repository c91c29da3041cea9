import type { Grant, UnitManifest } from "../unit/index.js";

/** For whom a service is made: one unit that was granted it. */
export interface CapabilityUser {
  /** Id of the unit, or of the one in whose domain it runs. */
  readonly unit: string;
  /** Name of that unit: its own name, or that of one which requires it and has its code run there. */
  readonly domain: string;
  /** Of the unit itself. */
  readonly manifest: UnitManifest;
  /** What it may do there. */
  readonly grant: Grant;
  /** Aborts when the domain that it runs in has gone. */
  readonly signal: AbortSignal;
  /** Whether somebody has just clicked, or pressed a key, in the unit's view; never in that of a worker, which has none. */
  isPressed(): Promise<boolean>;
  /** Adds to the books what a use has moved that its arguments and its result do not show, as a stream does: fires "capability". */
  audit(method: string, bytes: number): void;
}

/** What a service keeps for units beyond their lives. */
export interface PerUnitOptions {
  /** Called when a unit is uninstalled: forgets all that is kept for a name. */
  forget?(name: string): void | Promise<void>;
}

/** A service of which every unit has one of its own. */
export interface PerUnit<T extends object> extends PerUnitOptions {
  /** Makes the one of a unit; called once a load, when the unit first uses it. */
  make(user: CapabilityUser): T;
}

/** The same in each of the library's files, which a page may load side by side. */
const PER_UNIT = Symbol.for("leasehold.per-unit");

/**
 * Makes a capability of a factory that sees who it is for, and may give one unit less than another.
 * @returns what `HostOptions.capabilities` takes
 */
export function perUnit<T extends object>(make: (user: CapabilityUser) => T, options: PerUnitOptions = {}): PerUnit<T> {
  return Object.assign(Object.create(null) as object, { ...options, make, [PER_UNIT]: true });
}

export function isPerUnit(service: object): service is PerUnit<object> {
  return PER_UNIT in service;
}
