import type { PlannedOf, PromiseOf, RemoteOf } from "./brands.js";
import type { AnyFunction, Primitive } from "./kinds.js";
import type { Sendable } from "./sendable.js";

/** The arguments, within a plan, for the parameters `A`. */
export type PlannedArguments<A extends unknown[]> = { [I in keyof A]: PlannedArgument<A[I]> };

/** What may be passed within a plan for the parameter `P`: whatever is sendable, with planned values at any depth. */
export type PlannedArgument<P> = PlannedPart<P> | PlannedOf<P> | PromiseOf<P>;

type PlannedPart<P> = unknown extends P
  ? P
  : P extends Primitive | AnyFunction | RemoteOf<unknown> | PromiseLike<unknown>
    ? Sendable<P>
    : P extends readonly unknown[]
      ? PlannedArray<P> | RemoteOf<P>
      : P extends ReadonlyMap<infer K, infer X>
        ? ReadonlyMap<PlannedArgument<K>, PlannedArgument<X>>
        : P extends ReadonlySet<infer X>
          ? ReadonlySet<PlannedArgument<X>>
          : Sendable<P> | PlannedData<P>;

type PlannedData<P> = [keyof P] extends [never] ? P : { readonly [K in keyof P]: PlannedArgument<P[K]> };

type PlannedArray<P extends readonly unknown[]> = number extends P["length"]
  ? readonly PlannedArgument<P[number]>[]
  : { readonly [I in keyof P]: PlannedArgument<P[I]> };
