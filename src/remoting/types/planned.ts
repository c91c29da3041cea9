import type { Nothing, PlannedOf } from "./brands.js";
import type { AnyFunction, IsAny, Known, Primitive } from "./kinds.js";
import type { PlannedArguments } from "./planned-arguments.js";
import type { Constructions, Signatures } from "./signatures.js";
import type { Synchronous, Unplanned } from "./unplanned.js";
import type { Forbidden, NameIn, ValueIn, Walkable } from "./walkable.js";

/**
 * What a plan sees of a `V`: it stands for the value while the plan is recorded, before there is any.
 *
 * Members are read, called and constructed as if they were local, without waiting, and what they give is planned in turn.
 * A planned value can be an argument, at any depth, and part of what the plan returns. Arrays, Maps, Sets and other
 * iterables have `map`, whose callback is recorded once, for all items. A planned number, string or boolean is none: to
 * add to it, to compare it with one or to pass it where one is wanted does not compile; nor does awaiting it. The compiler
 * cannot refuse `if (planned)` or a planned value in a template.
 */
export type Planned<V> = PlannedOf<Known<V>> &
  PlannedCall<Extract<V, AnyFunction>> &
  PlannedItems<NonNullable<V>> &
  PlannedMembers<Walkable<V>>;

type PlannedCall<F> =
  IsAny<F> extends true
    ? F
    : [F] extends [never]
      ? Nothing
      : F extends unknown
        ? Calls<Signatures<F>> & NewCalls<Constructions<F>>
        : never;

type Calls<S> = S extends [[infer A extends unknown[], infer R], ...infer More]
  ? ((...args: PlannedArguments<A>) => Planned<Awaited<R>>) & Calls<More>
  : unknown;

type NewCalls<S> = S extends [[infer A extends unknown[], infer I], ...infer More]
  ? (new (...args: PlannedArguments<A>) => Planned<I>) & NewCalls<More>
  : unknown;

type PlannedMembers<W> =
  IsAny<W> extends true
    ? W
    : [W] extends [never]
      ? Nothing
      : string extends keyof W
        ? IndexedMembers<W>
        : [NameIn<W, Hidden>] extends [keyof W]
          ? NamedMembers<W, Exclude<keyof W, symbol | Hidden>>
          : MixedMembers<W, NameIn<W, Hidden>>;

type Hidden = Forbidden | "then";

type NamedMembers<W, Name extends keyof W> = { readonly [K in Name]-?: Planned<Awaited<W[K]>> };

type IndexedMembers<W> = {
  readonly [K in keyof W as K extends symbol | Hidden ? never : K]-?: Planned<Awaited<W[K]>>;
};

type MixedMembers<W, Name extends PropertyKey> = { readonly [K in Name]: Planned<Awaited<ValueIn<W, K>>> };

type PlannedItems<V> = [V] extends [never]
  ? Nothing
  : V extends Primitive
    ? Nothing
    : V extends readonly unknown[]
      ? number extends V["length"]
        ? Mappable<V[number]>
        : PlannedTuple<V[number]>
      : V extends ReadonlyMap<infer K, infer X>
        ? Mappable<[key: K, value: X]>
        : V extends Iterable<infer X>
          ? Mappable<X>
          : Nothing;

interface Mappable<X> {
  /**
   * The results for all items, in order. The callback is recorded once, with a planned item; over there it runs for each.
   * Of a Map an item is `[key, value]`.
   */
  map<const R>(plan: (item: Planned<X>, index: Planned<number>) => Synchronous<R>): Planned<Unplanned<R>[]>;
}

/** Lets a tuple be taken apart by `const [first, second] = planned`, which the compiler allows of what is like an array. */
interface PlannedTuple<X> extends NoArrayMembers {
  readonly [index: number]: Planned<X>;
  readonly length: never;
  [Symbol.iterator]: (readonly Planned<X>[])[typeof Symbol.iterator];
}

type NoArrayMembers = { readonly [K in Exclude<keyof (readonly unknown[]), symbol | number | "length">]: never } & {
  readonly [Symbol.unscopables]: never;
};
