import type { PlannedOf, PromiseOf, RemoteOf } from "./brands.js";
import type { HasMethod } from "./has-method.js";
import type { AnyFunction, Cloned, IsError, Primitive } from "./kinds.js";
import type { Received } from "./received.js";

/**
 * What a plan returned, `R`, with the values that arrived in the place of its planned parts, at any depth of arrays,
 * tuples, Maps, Sets and plain objects. It is a copy of the caller's own, so nothing in it is readonly. Remotes and other
 * things of this side stay what they are.
 */
export type Settled<R> = unknown extends R ? R : SettledPart<R>;

type SettledPart<R> = R extends PlannedOf<infer V> | PromiseOf<infer V>
  ? Received<V>
  : R extends RemoteOf<unknown> | Primitive | Cloned | AnyFunction
    ? R
    : R extends readonly unknown[]
      ? number extends R["length"]
        ? Settled<R[number]>[]
        : { -readonly [I in keyof R]: Settled<R[I]> }
      : R extends ReadonlyMap<infer K, infer X>
        ? Map<Settled<K>, Settled<X>>
        : R extends ReadonlySet<infer X>
          ? Set<Settled<X>>
          : IsError<R> extends true
            ? R
            : HasMethod<R> extends true
              ? R
              : { -readonly [K in keyof R]: Settled<R[K]> };
