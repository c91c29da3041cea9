/// <reference lib="esnext.disposable" preserve="true" />
import type { releaseProxy } from "comlink";
import type { Nothing, RemoteOf } from "./brands.js";
import type { AnyFunction, Known } from "./kinds.js";
import type { Received } from "./received.js";
import type { RemoteCall, RemoteMembers } from "./remote-promise.js";
import type { Forbidden } from "./walkable.js";

/**
 * What a `T` looks like from across the boundary when it crossed by reference: a function, a class, an instance of a class,
 * an iterator, what was marked with `proxy()`, or what a session exposes.
 *
 * - Each member is a `RemotePromise`: it can be awaited, and walked into, called or constructed at once. What is inherited
 *   from Object or Function is not there, nor are private, protected and symbol members.
 * - A function is called with `Sendable` arguments and answers with a `RemotePromise`; up to four overloads are kept.
 *   Of a generic function the type parameters are lost, since TypeScript has no way to carry them over: each counts as its
 *   constraint, so `<T>(value: T) => T` takes `unknown` and gives a `RemotePromise<unknown>`.
 * - What can be iterated over there can be iterated here with `for await`.
 *
 * Whoever holds it owns a reference: `[Symbol.dispose]()` or `release(remote)` lets go, and `using` does so by itself.
 * It is not thenable: it can be returned from an async function.
 */
export type Remote<T> = ComparedByMembers<T> &
  RemoteHandle<T> &
  RemoteCall<Extract<T, AnyFunction>> &
  RemoteItems<T> &
  RemoteMembers<T, Forbidden | "then">;

/** What every remote has, whatever it is the remote of. */
type RemoteHandle<T> = RemoteOf<Known<T>> & {
  /** Lets the other side's object go. Using the remote afterwards rejects; doing this twice does nothing. */
  [Symbol.dispose](): void;
  /** The same, by Comlink's name. */
  [releaseProxy](): void;
};

/**
 * Has no members. It makes the compiler compare what contains a `Remote<T>` member by member, where it would else look at
 * `T` alone: a `Unit` of an interface can be passed where one of a `Record<string, unknown>` is wanted.
 */
type ComparedByMembers<T> = { [K in keyof T as never]-?: T[K] };

type RemoteItems<T> =
  T extends AsyncIterable<infer X>
    ? RemoteIterable<X>
    : T extends Iterable<infer X>
      ? RemoteIterable<X>
      : T extends Iterator<infer X>
        ? RemoteIterable<X>
        : T extends AsyncIterator<infer X>
          ? RemoteIterable<X>
          : Nothing;

type RemoteIterable<X> = AsyncIterable<Received<X>>;
