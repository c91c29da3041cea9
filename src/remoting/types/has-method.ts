import type { PlannedOf, PromiseOf, RemoteOf } from "./brands.js";
import type { AnyFunction, IsAny } from "./kinds.js";

/**
 * Whether one member at least is a function. It is how these types tell what crosses by reference from what is copied,
 * because the compiler cannot tell an instance of a class from a plain object of the same members.
 */
export type HasMethod<V> = true extends { [K in keyof V]-?: IsMethod<V[K]> }[keyof V] ? true : false;

/** A remote can be called as well, but makes no remote of the object that it is in. */
type IsMethod<M> =
  IsAny<M> extends true
    ? false
    : M extends RemoteOf<unknown> | PromiseOf<unknown> | PlannedOf<unknown>
      ? false
      : M extends AnyFunction
        ? true
        : false;
