/// <reference lib="esnext.disposable" preserve="true" />
import type { Remote } from "../remoting/index.js";

/**
 * A set of things of one exported class. It keeps the class's unit loaded even while it is empty, and each other unit that something
 * in it is of; until it is released, or collected as garbage. What is in it stays whoever's it was: releasing the collection releases
 * none of it.
 */
export interface RemoteCollection<M> extends Iterable<Remote<M>> {
  readonly size: number;
  /**
   * Adds a remote; the same one once.
   * @throws LeaseholdError "DataError" (`not-a-remote`), "InvalidStateError" (`released`)
   */
  add(item: Remote<M>): this;
  /** Takes a remote out; returns whether it was in. */
  delete(item: Remote<M>): boolean;
  /** Empties the collection, which holds nothing any more; idempotent. */
  release(): void;
  [Symbol.dispose](): void;
}

/** An exported variable of a unit, as it is over there at any time. It keeps the unit loaded until it is released, or collected. */
export interface Binding<V> {
  /** The value of this moment. What it is received as, a remote for instance, is the caller's. */
  get(): Promise<V>;
  /** @throws LeaseholdError "ContractError" (`read-only`) where it is no variable */
  set(value: V): Promise<void>;
  /** Lets go; `get` and `set` reject with "InvalidStateError" (`released`) from then on. Idempotent. */
  release(): void;
  [Symbol.dispose](): void;
}

/**
 * A name for an export, or for a member of one, of one loaded unit. The object keeps the unit loaded until it is released, or
 * collected; its text names the same and keeps nothing.
 */
export interface Handle {
  /** Id of the unit. */
  readonly unit: string;
  /** E.g. "Point.length". */
  readonly path: string;
  /** What `Host.resolveHandle` takes as well. A unit that is loaded again is another one. */
  toString(): string;
  /** Idempotent. */
  release(): void;
  [Symbol.dispose](): void;
}

/** What a unit exports, as it was when it was asked. It keeps the unit loaded until it is released, or collected. */
export interface Reflection {
  /** These share the reflection's hold on the unit: they are released with it, and not by themselves. */
  readonly exports: ExportDescriptor[];
  /**
   * Describes one export, with a hold of its own, which the caller has to release.
   * @throws LeaseholdError "ContractError" (`no-such-member`), "InvalidStateError" (`released`)
   */
  get(name: string): ExportDescriptor;
  /** Idempotent. */
  release(): void;
  [Symbol.dispose](): void;
}

/** What an export, or a member of one, is. */
export interface ExportDescriptor {
  readonly name: string;
  /** Of a member, a getter is a value. */
  readonly kind: "class" | "function" | "value";
  /** Whether it goes with its unit: false of a permanent one. */
  readonly collectible: boolean;
  /** As they are written, e.g. "b = 2", a constructor's for a class; undefined where they cannot be told. */
  readonly parameters?: string[] | undefined;
  /**
   * Of a class: what its instances have, inherited members included. They share this descriptor's hold. Undefined of a static that is a
   * class which the same reflection describes elsewhere: under its own name if it is exported, else where it is met first.
   */
  readonly methods?: ExportDescriptor[] | undefined;
  /** Of a class: what it has itself, likewise. */
  readonly statics?: ExportDescriptor[] | undefined;
  /**
   * Describes an array of these, with a hold of its own, which the caller has to release.
   * @throws LeaseholdError "InvalidStateError" (`released`)
   */
  arrayOf(): ExportDescriptor;
  /** Lets go of a hold of its own; does nothing to what is only listed. Idempotent. */
  release(): void;
  [Symbol.dispose](): void;
}
