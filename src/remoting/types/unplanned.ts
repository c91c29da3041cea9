import type { PlannedOf, RemoteOf } from "./brands.js";
import type { HasMethod } from "./has-method.js";
import type { AnyFunction, Cloned, IsError, Primitive } from "./kinds.js";
import type { Remote } from "./remote.js";

/** A plan's or a callback's result `R`; in the place of a promise a message, because a plan cannot wait. */
export type Synchronous<R> =
  R extends PlannedOf<unknown>
    ? R
    : R extends PromiseLike<unknown>
      ? "A plan is recorded at once, so it cannot be async: return the planned value itself."
      : R;

/** What `R` is over there when the plan runs: values for its planned parts. */
export type Unplanned<R> = unknown extends R ? R : UnplannedPart<R>;

type UnplannedPart<R> =
  R extends PlannedOf<infer V>
    ? V
    : R extends RemoteOf<infer T>
      ? T
      : R extends Primitive | Cloned
        ? R
        : R extends AnyFunction
          ? Remote<R>
          : R extends readonly unknown[]
            ? number extends R["length"]
              ? Unplanned<R[number]>[]
              : { -readonly [I in keyof R]: Unplanned<R[I]> }
            : R extends ReadonlyMap<infer K, infer X>
              ? Map<Unplanned<K>, Unplanned<X>>
              : R extends ReadonlySet<infer X>
                ? Set<Unplanned<X>>
                : IsError<R> extends true
                  ? R
                  : HasMethod<R> extends true
                    ? Remote<R>
                    : { -readonly [K in keyof R]: Unplanned<R[K]> };
