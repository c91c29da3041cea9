import type { CapabilityUse, Services } from "../capability/index.js";
import type { Contract, ContractOf } from "../contract/index.js";
import type { LeaseSnapshot, Receipt, UnitState, UnloadOptions, WhyAlive } from "../lifetime/index.js";
import type { Limits } from "../policy/index.js";
import type { Planned, Remote, Settled, Synchronous } from "../remoting/index.js";
import type { Binding, Handle, Reflection, RemoteCollection } from "./reflection-types.js";
import type { Grant, Isolation, Permissions, UnitBuilder, UnitManifest, UnitSource } from "../unit/index.js";

/** What `createHost` is told; each part has a default. */
export interface HostOptions {
  /**
   * Services that units may ask for by name: objects, instances of classes, functions, or what `perUnit` makes. A unit that was granted
   * one reaches the members that it has itself and that its classes declare.
   */
  capabilities?: Services;
  /**
   * Asked when a manifest wants more than the load's `grant`, and more than was allowed before: for what is new, once. Returns what to
   * allow of it. Default: nothing more.
   */
  authorize?(request: { manifest: UnitManifest; wanted: Permissions; previous?: Grant }): Grant | Promise<Grant>;
  /**
   * Finds a unit that another one requires; its version has to be within the range, and may be another one for each requester. Default,
   * and where it finds none: the highest version that is loaded.
   */
  resolve?(
    name: string,
    range: string,
    requester: UnitManifest,
  ): UnitSource | undefined | Promise<UnitSource | undefined>;
  limits?: Limits;
  /** Warm domains kept ready, by isolation. Default `{ frame: 1, worker: 1 }`. */
  pool?: Partial<Record<Isolation, number>>;
  /** A served copy of the frame document, for pages whose CSP forbids inline script. */
  frameUrl?: string | URL;
  /** Whether it is recorded where in the page's code each lease was taken. Costs a stack trace a lease and call; default false. */
  diagnostics?: boolean;
}

/**
 * How long a unit lives. explicit: until `unload()`. auto: until nothing leads to it any more, once it was released. false: as long
 * as the host; it may not depend on a unit that goes.
 */
export type Collectible = "explicit" | "auto" | false;

export interface LoadProgress {
  phase: "fetch" | "verify" | "start" | "link" | "activate";
  /** Bytes of source so far. */
  loaded: number;
  total?: number;
}

export interface LoadOptions {
  /** Default: the manifest's, else "frame" with a view, else "worker". */
  isolation?: Isolation;
  /** Default "explicit". */
  collectible?: Collectible;
  /** What the unit may do, of what its manifest asks for. Default: nothing. */
  grant?: Grant;
  limits?: Limits;
  /**
   * What the unit has to implement: that is agreed on before any of its code is run, and `unit.exports` is then checked by it, for the
   * page and for every unit that it is passed on to.
   */
  contract?: Contract;
  /** Where the view of a frame unit is shown from the start. */
  container?: Element;
  /** Aborting it ends the load, at any phase, and leaves nothing behind. */
  signal?: AbortSignal;
  onProgress?(progress: LoadProgress): void;
}

/**
 * A loaded unit. Whoever loaded it unloads it; disposing it asynchronously does the same.
 *
 * One that the page has not loaded, but others require, has no domain of its own: it is linked into theirs, and goes with the last of
 * them. What would need a domain throws, or rejects with, "InvalidStateError" (`no-domain`).
 *
 * Fires "statechange".
 */
export interface Unit<T extends object = Record<string, unknown>> extends EventTarget {
  /** "name@version", with "#2" … where it is loaded more than once. */
  readonly id: string;
  readonly manifest: UnitManifest;
  readonly isolation: Isolation;
  readonly collectible: Collectible;
  readonly state: UnitState;
  /** Why the unit failed; undefined in every other state. */
  readonly failure: unknown;
  /** What it may do, of what its manifest asks for; of a unit without a domain of its own, the most that it may do in any. */
  readonly grant: Grant;
  /**
   * The entry module's exports: each call returns a promise, and what is called in one turn travels together. After
   * `unload()` was called they reject with DomainUnloadedError. Loaded by a contract, they have its members alone; what does not fit
   * it rejects with "DataError" (`schema-failed`).
   */
  readonly exports: Remote<T>;
  /**
   * Records what `plan` does with the exports and runs it inside the unit: one message there, one back, whatever it does. The plan
   * runs once, at once, on placeholders: calls, reads, `new`, and `map` on what will be an array, Map, Set or other iterable.
   * @returns what the plan returned, of any shape, with values in the place of placeholders
   * @throws LeaseholdError "DataError" where the plan cannot be right: it branches on a placeholder, awaits one, is async, or
   *   captures a remote of another unit; or uses what the page checks by a contract (`contract-in-plan`)
   */
  chunk<const R>(plan: (exports: Planned<T>) => Synchronous<R>): Promise<Settled<R>>;
  /**
   * Moves a loop to the other side: runs the page's own function inside the unit's domain, with the real exports, and resolves with
   * what it returns. It is sent as its source, so it closes over nothing: what it needs are its arguments.
   */
  inside<A extends unknown[], R>(
    fn: (exports: { [K in keyof T]: T[K] }, ...args: A) => R,
    ...args: A
  ): Promise<Awaited<R>>;
  /**
   * Compiles one function inside the unit's domain, strict, from its parameters and its body as text, as `new Function` takes them.
   * It sees the domain's globals and its arguments, and nothing else. It is the caller's to release, keeps the unit loaded until
   * then, and is collected then.
   *
   * Where the page's policy forbids `eval`, it is a module by Blob URL, whose text the domain keeps until the unit goes; the first
   * one fires a "log" of level "warn" that says so.
   * @throws LeaseholdError "DataError": `not-text`; `syntax-error` where a parameter or the body is no JavaScript by itself,
   *   with line and column in its cause
   */
  compile<F extends (...args: never[]) => unknown = (...args: unknown[]) => unknown>(
    parameters: readonly string[],
    body: string,
  ): Promise<Remote<F>>;
  /**
   * A set of things of one exported class, which keeps the unit loaded even while it is empty; the caller's to release.
   * @throws LeaseholdError "ContractError" (`no-such-member`), "DomainUnloadedError" (`unit-unloaded`)
   */
  collectionOf<M>(exportName: string): RemoteCollection<M>;
  /** A live reference to an exported variable; the caller's to release. */
  binding<V>(exportName: string): Promise<Binding<V>>;
  /** A token for what a path, as "Point" or "Point.length", names; the caller's to release. */
  handle(path: string): Promise<Handle>;
  /** Describes what the unit exports; the caller's to release. */
  reflect(): Promise<Reflection>;
  /** What keeps this unit loaded, and the least that would free it. Asking holds nothing. */
  whyAlive(): WhyAlive;
  /**
   * Lets go of the page's own hold, so that an "auto" unit goes as soon as nothing leads to it; it can be used until then. On any
   * other unit it does nothing: those wait for `unload()`.
   */
  release(): void;
  /**
   * Takes the unit back. A second call joins the first. It waits for the units that require this one; by force, these are ended first.
   * @returns what that gave back
   * @throws LeaseholdError "UnloadBlockedError" where, past the deadline, something still holds the unit: its message is the
   *   `whyAlive` report, its cause the same as data, and the unit still goes when that has cleared;
   *   "NotSupportedError" (`unit-permanent`) of a unit that is not collectible
   */
  unload(options?: UnloadOptions): Promise<Receipt>;
  /** Resolves when the unit has gone, for whatever reason. */
  readonly unloaded: Promise<Receipt>;
  /**
   * Shows the unit's view inside `container`, which must be in the page. A view is in one place at a time; unmounting takes it
   * out of sight, and the unit goes on. The element belongs to the unit.
   */
  mount(container: Element): Promise<{ element: HTMLElement; unmount(): void }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Owns units and their domains. Events (CustomEvent, detail in brackets): "load" {unit}, "unload" {unit, receipt}, "lease"
 * {lease}, "release" {lease}, "crash" {unit, error}, "violation" {unit, limit | vector}, "log" {unit, level, args}, "capability"
 * {unit, capability, by, method, time, duration, bytes, error?} for each use of a capability that is over. Calls are leases, too, but
 * there are no events of them.
 */
export interface Host extends EventTarget {
  /**
   * By id; a unit is here from when it is known what it is made of and what it may do, until it has gone. Units that others require
   * are here, too.
   */
  readonly units: ReadonlyMap<string, Unit>;
  /**
   * Loads a unit, whose exports are those of the contract.
   * @throws LeaseholdError as without a contract, and "ContractError" (`contract-undeclared`, `contract-version`,
   *   `contract-member-missing`) that names unit, contract, member and both versions
   */
  load<C extends Contract>(source: UnitSource, options: LoadOptions & { contract: C }): Promise<Unit<ContractOf<C>>>;
  /**
   * Loads a unit.
   * @throws LeaseholdError that names unit, module and what to do; nothing is left behind
   */
  load<T extends object = Record<string, unknown>>(source: UnitSource, options?: LoadOptions): Promise<Unit<T>>;
  /** Reads a unit's manifest; runs none of its code. */
  inspect(source: UnitSource): Promise<UnitManifest>;
  /**
   * Begins a unit that is generated at run time; the caller's to release. Each part of the builder that is not released keeps every
   * unit loaded that was loaded from it.
   * @param version default "0.0.0"
   * @throws LeaseholdError "LoadError" (`manifest-invalid`)
   */
  define(name: string, version?: string): UnitBuilder;
  /**
   * What a handle, or its text, names: a promise of it, whose members can be called and constructed at once. A method or getter of a
   * class is a function that takes the instance first.
   * @throws LeaseholdError "DomainUnloadedError" (`unit-unloaded`) when that load of the unit is gone, "DataError" (`not-a-handle`)
   */
  resolveHandle<T = unknown>(handle: Handle | string): Remote<T>;
  /**
   * Has the holders of leases let go, by the leases' ids, and cancels calls: `host.release(unit.whyAlive().release)`. What was held
   * fails from then on with a typed error; a unit whose pin is among them is unloaded.
   * @returns how many there were
   */
  release(ids: Iterable<number>): number;
  /**
   * Forgets what is kept for a unit beyond its life, by its name: what services keep, and what `authorize` allowed. To be called when a
   * unit is uninstalled.
   * @throws AggregateError of what services threw; the others have forgotten
   */
  forget(name: string): Promise<void>;
  /** The whole ledger as data; holds nothing alive. */
  snapshot(): { units: UnitSnapshot[]; leases: LeaseSnapshot[] };
  /** What exists at this moment, warm domains apart. All zero after `dispose()`. */
  stats(): HostStats;
  /** Unloads everything by force, permanent units included, and is then of no more use. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface HostStats {
  units: number;
  /** Domains' frames in the page; each has a second one inside where it isolates. */
  frames: number;
  workers: number;
  /** Blob URLs of units that are not revoked. */
  urls: number;
  ports: number;
  leases: number;
  /** Domains that are ready for a unit; not counted above. */
  warm: number;
}

/** A unit as data. */
export interface UnitSnapshot {
  id: string;
  state: UnitState;
  isolation: Isolation;
  grant: Grant;
  /** How many keep it loaded, calls included. */
  leases: number;
  /** Calls of the page that it has not answered. */
  pending: number;
}

/** Details of a host's events, by type. */
export interface HostEvents {
  load: { unit: Unit };
  unload: { unit: Unit; receipt: Receipt };
  lease: { lease: LeaseSnapshot };
  release: { lease: LeaseSnapshot };
  crash: { unit: Unit; error: unknown };
  capability: { unit: Unit } & CapabilityUse;
  /**
   * Which of `limits` it has passed; or what it tried and was refused: by which directive of its policy, and what, e.g.
   * "connect-src https://example.com/".
   */
  violation: { unit: Unit; limit?: string; vector?: string };
  log: { unit: Unit; level: "debug" | "info" | "warn" | "error"; args: unknown[] };
}
