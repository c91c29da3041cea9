/// <reference lib="esnext.disposable" preserve="true" />
import type { Nothing, PromiseOf } from "./brands.js";
import type { AnyFunction, IsAny } from "./kinds.js";
import type { Received } from "./received.js";
import type { Remote } from "./remote.js";
import type { SendableArguments } from "./sendable.js";
import type { Constructions, Signatures } from "./signatures.js";
import type { Forbidden, NameIn, ValueIn, Walkable } from "./walkable.js";

/**
 * The result of a call, or a member, before it is a value here. Awaiting it gives what arrives (`Received<V>`); without
 * awaiting it, its members can be read, called and constructed, and it can be an argument of further calls, all in the one
 * message of this turn.
 *
 * Members named then, catch and finally are the promise's own. Of a union, the members of each part are there; where the
 * value has no such member over there, what depends on it rejects.
 */
export type RemotePromise<V> = RemoteResult<V> &
  RemoteCall<Extract<V, AnyFunction>> &
  RemoteMembers<Walkable<V>, Forbidden | "then" | "catch" | "finally">;

/** What constructing a remote class gives: an instance always crosses by reference, even when it has no methods. */
export type RemoteInstance<I> = RemoteInstanceResult<I> & RemoteMembers<I, Forbidden | "then" | "catch" | "finally">;

interface RemoteResult<V> extends Promise<Received<V>>, PromiseOf<V> {
  /** Drops the result: it is not fetched, and not kept over there. */
  [Symbol.dispose](): void;
}

interface RemoteInstanceResult<I> extends Promise<Remote<I>>, PromiseOf<I> {
  /** Drops the instance: it is not fetched, and not kept over there. */
  [Symbol.dispose](): void;
}

/** The call and construct signatures of a remote function or class. */
export type RemoteCall<F> =
  IsAny<F> extends true
    ? F
    : [F] extends [never]
      ? Nothing
      : F extends unknown
        ? Calls<Signatures<F>> & NewCalls<Constructions<F>>
        : never;

type Calls<S> = S extends [[infer A extends unknown[], infer R], ...infer More]
  ? RemoteFunction<A, R> & Calls<More>
  : unknown;

type NewCalls<S> = S extends [[infer A extends unknown[], infer I], ...infer More]
  ? RemoteConstructor<A, I> & NewCalls<More>
  : unknown;

type RemoteFunction<A extends unknown[], R> = (...args: SendableArguments<A>) => RemotePromise<Awaited<R>>;

type RemoteConstructor<A extends unknown[], I> = new (...args: SendableArguments<A>) => RemoteInstance<I>;

/** Every member of `W` as a promise. */
export type RemoteMembers<W, Hidden> =
  IsAny<W> extends true
    ? W
    : [W] extends [never]
      ? Nothing
      : string extends keyof W
        ? IndexedMembers<W, Hidden>
        : [NameIn<W, Hidden>] extends [keyof W]
          ? NamedMembers<W, Exclude<keyof W, symbol | Hidden>>
          : MixedMembers<W, NameIn<W, Hidden>>;

/** In the form that leads an editor to the declaration over there, with its documentation. */
type NamedMembers<W, Name extends keyof W> = { readonly [K in Name]-?: RemotePromise<Awaited<W[K]>> };

/** In the form that keeps named members beside an index signature. */
type IndexedMembers<W, Hidden> = {
  readonly [K in keyof W as K extends symbol | Hidden ? never : K]-?: RemotePromise<Awaited<W[K]>>;
};

/** Of a union whose parts have different members. */
type MixedMembers<W, Name extends PropertyKey> = { readonly [K in Name]: RemotePromise<Awaited<ValueIn<W, K>>> };
