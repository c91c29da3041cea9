/**
 * The ways to call a function: `[[parameters, result], …]`, its overloads in order. Of more than four the last four are
 * kept. Type parameters cannot be kept: each becomes its constraint, `unknown` where it has none. `this` is dropped.
 */
export type Signatures<F> = F extends { (...args: infer A): unknown; (...args: infer _B): unknown }
  ? IsFiller<A> extends true
    ? LastSignature<F>
    : LastFour<F>
  : LastSignature<F>;

/** As `Signatures`, of a class's constructor. An abstract class has none. */
export type Constructions<C> = C extends { new (...args: infer A): unknown; new (...args: infer _B): unknown }
  ? IsFiller<A> extends true
    ? LastConstruction<C>
    : LastFourConstructions<C>
  : LastConstruction<C>;

/** Inference fills the places before the first overload that a function has with `unknown[]`. */
type IsFiller<A> = unknown[] extends A ? true : false;

type LastSignature<F> = F extends (...args: infer A) => infer R ? [[A, R]] : [];

type LastTwo<F> = F extends { (...args: infer A): infer R; (...args: infer B): infer S }
  ? [[A, R], [B, S]]
  : LastSignature<F>;

type LastThree<F> = F extends {
  (...args: infer A): infer R;
  (...args: infer B): infer S;
  (...args: infer C): infer T;
}
  ? IsFiller<A> extends true
    ? LastTwo<F>
    : [[A, R], [B, S], [C, T]]
  : LastTwo<F>;

type LastFour<F> = F extends {
  (...args: infer A): infer R;
  (...args: infer B): infer S;
  (...args: infer C): infer T;
  (...args: infer D): infer U;
}
  ? IsFiller<A> extends true
    ? LastThree<F>
    : [[A, R], [B, S], [C, T], [D, U]]
  : LastThree<F>;

type LastConstruction<K> = K extends new (...args: infer A) => infer R ? [[A, R]] : [];

type LastTwoConstructions<K> = K extends { new (...args: infer A): infer R; new (...args: infer B): infer S }
  ? [[A, R], [B, S]]
  : LastConstruction<K>;

type LastThreeConstructions<K> = K extends {
  new (...args: infer A): infer R;
  new (...args: infer B): infer S;
  new (...args: infer C): infer T;
}
  ? IsFiller<A> extends true
    ? LastTwoConstructions<K>
    : [[A, R], [B, S], [C, T]]
  : LastTwoConstructions<K>;

type LastFourConstructions<K> = K extends {
  new (...args: infer A): infer R;
  new (...args: infer B): infer S;
  new (...args: infer C): infer T;
  new (...args: infer D): infer U;
}
  ? IsFiller<A> extends true
    ? LastThreeConstructions<K>
    : [[A, R], [B, S], [C, T], [D, U]]
  : LastThreeConstructions<K>;
