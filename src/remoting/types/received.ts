import type { PromiseOf, ProxyMarked, RemoteOf } from "./brands.js";
import type { HasMethod } from "./has-method.js";
import type { AnyFunction, Cloned, IsError, Primitive, Refused, Weak } from "./kinds.js";
import type { Remote } from "./remote.js";

/**
 * A `V` of the other side as it arrives here.
 *
 * - Primitives, errors and the platform's cloneable objects are what they were. Platform objects that cannot cross, and
 *   symbols, are `never`.
 * - Arrays, tuples, Maps, Sets and plain objects are copies, with what is in them received in turn.
 * - Functions, classes and objects with at least one method are remotes. TypeScript cannot tell an instance of a class,
 *   which crosses by reference, from a plain object, which is copied with remotes in the place of its functions. For the
 *   one as for the other it is right to await each member and each call. Only letting go differs: a plain object has no
 *   `[Symbol.dispose]`; `release(value)` is right for both. An instance of a class without any method is taken for data,
 *   unless it comes from `new`: give such a class a method, or mark it with `proxy()`.
 * - A remote of something of ours comes home as that.
 */
export type Received<V> = unknown extends V ? V : ReceivedPart<V>;

/** What a callback's parameters arrive as. */
export type ReceivedArguments<A extends unknown[]> = { [I in keyof A]: Received<A[I]> };

type ReceivedPart<V> = V extends Primitive
  ? Exclude<V, symbol>
  : V extends RemoteOf<infer T>
    ? T
    : V extends PromiseOf<infer X>
      ? Promise<X>
      : V extends PromiseLike<infer X>
        ? Promise<Received<Awaited<X>>>
        : V extends AnyFunction | ProxyMarked
          ? Remote<V>
          : V extends readonly unknown[]
            ? ReceivedArray<V>
            : V extends Cloned
              ? V
              : V extends Refused
                ? never
                : IsError<V> extends true
                  ? V
                  : ReceivedObject<V>;

type ReceivedObject<V> =
  V extends Map<infer K, infer X>
    ? Map<Received<K>, Received<X>>
    : V extends ReadonlyMap<infer K, infer X>
      ? ReadonlyMap<Received<K>, Received<X>>
      : V extends Set<infer X>
        ? Set<Received<X>>
        : V extends ReadonlySet<infer X>
          ? ReadonlySet<Received<X>>
          : V extends Weak
            ? never
            : HasMethod<V> extends true
              ? Remote<V>
              : [V[keyof V]] extends [Exclude<Primitive, symbol> | Date | RegExp | ArrayBufferView]
                ? V
                : ReceivedData<V>;

type ReceivedData<V> = { [K in keyof V]: Received<V[K]> };

type ReceivedArray<V extends readonly unknown[]> = number extends V["length"]
  ? V extends readonly [unknown, ...unknown[]]
    ? ReceivedTuple<V>
    : V extends unknown[]
      ? Received<V[number]>[]
      : readonly Received<V[number]>[]
  : ReceivedTuple<V>;

/**
 * Mapping a tuple looks into its items at once, for ever where a tuple contains itself. Tuples that contain arrays are
 * therefore written out, which the compiler does item by item, when asked.
 */
type ReceivedTuple<V extends readonly unknown[]> = [Extract<V[number], readonly unknown[]>] extends [never]
  ? { [I in keyof V]: Received<V[I]> }
  : V extends readonly [infer A]
    ? [Received<A>]
    : V extends readonly [infer A, infer B]
      ? [Received<A>, Received<B>]
      : V extends readonly [infer A, infer B, infer C]
        ? [Received<A>, Received<B>, Received<C>]
        : V extends readonly [infer A, infer B, infer C, infer D]
          ? [Received<A>, Received<B>, Received<C>, Received<D>]
          : V extends readonly [infer A, ...(infer X)[]]
            ? [Received<A>, ...Received<X>[]]
            : Received<V[number]>[];
