/** Whether two types are the same, which is more than being assignable both ways: `any` is only itself. */
export type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : MutuallyAssignable<A, B>;

/** The same type can be written in two ways, as an intersection and as the object it amounts to. */
type MutuallyAssignable<A, B> = IsAny<A> extends true ? false : IsAny<B> extends true ? false : IsSame<A, B>;

type IsSame<A, B> = [A] extends [B] ? ([B] extends [A] ? SameModifiers<A, B> : false) : false;

type SameModifiers<A, B> =
  (<T>() => T extends { [K in keyof A]: K } ? 1 : 2) extends <T>() => T extends { [K in keyof B]: K } ? 1 : 2
    ? true
    : false;

/** What the compiler knows nothing about and permits everything with. */
export type Any = ReturnType<JSON["parse"]>;

type IsAny<T> = 0 extends 1 & T ? true : false;

/** Compiles for `true` only. */
export type Expect<T extends true> = T;

/**
 * States the type of a value: `typeOf(value).is<number>()`. Where it is another one, the compiler asks for arguments that
 * say both.
 */
export declare function typeOf<Actual>(value: Actual): Stated<Actual>;

interface Stated<Actual> {
  is<Expected>(...mismatch: Equal<Actual, Expected> extends true ? [] : [expected: Expected, actual: Actual]): void;
}

/** Gives contents of a file of cases a use, for the compiler: cases are compiled and never run. */
export type Cases = Record<string, (...given: never) => unknown>;
