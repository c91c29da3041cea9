import type { PromiseOf, RemoteOf } from "./brands.js";
import type { AnyFunction, Cloned, IsError, Primitive, Refused, Weak } from "./kinds.js";
import type { ReceivedArguments } from "./received.js";

/**
 * What a caller may pass where the function over there declares a parameter `P`: a `P`, the remote promise of one, or a
 * remote of one, at any depth of arrays, Maps, Sets and plain objects.
 *
 * A function may be given as a local function. Its parameters arrive as `Received`, and it may answer now or later; the
 * same holds for each method of an object that is passed by reference. So an object whose methods could not be called
 * from over there, because they expect as a value what will be a remote, is refused.
 */
export type Sendable<P> = SendablePart<P> | PromiseOf<P>;

/** The arguments for the parameters `A`, with their names. */
export type SendableArguments<A extends unknown[]> = { [I in keyof A]: Sendable<A[I]> };

type SendablePart<P> = unknown extends P
  ? P
  : P extends Primitive
    ? Exclude<P, symbol>
    : P extends RemoteOf<infer T>
      ? Sendable<T>
      : P extends PromiseLike<infer X>
        ? PromiseLike<Sendable<Awaited<X>>>
        : SendableObject<P> | RemoteOf<P>;

type SendableObject<P> = P extends AnyFunction
  ? SendableFunction<P>
  : P extends readonly unknown[]
    ? SendableArray<P>
    : P extends Cloned
      ? P
      : P extends Refused
        ? never
        : IsError<P> extends true
          ? P
          : P extends ReadonlyMap<infer K, infer X>
            ? ReadonlyMap<Sendable<K>, Sendable<X>>
            : P extends ReadonlySet<infer X>
              ? ReadonlySet<Sendable<X>>
              : P extends Weak
                ? never
                : P extends AsyncIterable<infer X>
                  ? SendableItems<P, X>
                  : P extends Iterable<infer X>
                    ? SendableItems<P, X>
                    : [keyof P] extends [never]
                      ? P
                      : { readonly [K in keyof P]: Sendable<P[K]> };

/** A local function for the function parameter `F`; a class is passed as it is. */
export type SendableFunction<F> = F extends (...args: infer A) => infer R
  ? (...args: ReceivedArguments<A>) => LocalResult<Awaited<R>>
  : F;

/** Whatever is returned where nothing is wanted is dropped, as for a local callback. */
type LocalResult<R> = [R] extends [void] ? unknown : Sendable<R> | PromiseLike<Sendable<R>>;

/** Over there a sync iterable is an async one as well, so either will do; but a generator is wanted where one is declared. */
type SendableItems<P, X> =
  | P
  | (AsyncIterable<X> extends P
      ? Iterable<Sendable<X>> | AsyncIterable<Sendable<X>>
      : Iterable<X> extends P
        ? Iterable<Sendable<X>>
        : never);

type SendableArray<P extends readonly unknown[]> = number extends P["length"]
  ? P extends readonly [unknown, ...unknown[]]
    ? SendableTuple<P>
    : readonly Sendable<P[number]>[]
  : SendableTuple<P>;

/** In two forms for the reason that `ReceivedTuple` gives. */
type SendableTuple<P extends readonly unknown[]> = [Extract<P[number], readonly unknown[]>] extends [never]
  ? { readonly [I in keyof P]: Sendable<P[I]> }
  : P extends readonly [infer A]
    ? readonly [Sendable<A>]
    : P extends readonly [infer A, infer B]
      ? readonly [Sendable<A>, Sendable<B>]
      : P extends readonly [infer A, infer B, infer C]
        ? readonly [Sendable<A>, Sendable<B>, Sendable<C>]
        : P extends readonly [infer A, infer B, infer C, infer D]
          ? readonly [Sendable<A>, Sendable<B>, Sendable<C>, Sendable<D>]
          : P extends readonly [infer A, ...(infer X)[]]
            ? readonly [Sendable<A>, ...Sendable<X>[]]
            : readonly Sendable<P[number]>[];
