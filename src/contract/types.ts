import type { StandardSchemaV1 } from "@standard-schema/spec";

/** A schema of any library that implements Standard Schema: Valibot, Zod, ArkType, or one written by hand. */
export type Schema = StandardSchemaV1;

/** What both sides agree on about one member. What is not said here is not checked. */
export interface ContractMember {
  /** The contract's version that brought it. Default: it was there from the first. */
  readonly since?: string | undefined;
  /** A schema for each argument; no list means any arguments. A member that has one is a function or a class. */
  readonly arguments?: readonly Schema[] | undefined;
  /** For what it returns; for what it is, where it is a value. */
  readonly result?: Schema | undefined;
  /** Takes its place where the other side is older than the member: a function, or data that can be copied. */
  readonly default?: unknown;
}

/** The same as it is written; the type of each part is kept. */
export interface MemberDefinition {
  since?: string;
  arguments?: readonly Schema[] | [];
  result?: Schema;
  default?: ((...args: Anything[]) => unknown) | Data;
}

/** What `defineContract` is told. */
export interface ContractDefinition<M> {
  name: string;
  /** Semantic version. Of the same major version (the same minor, before 1.0.0) any two can work together. */
  version: string;
  members: M;
}

type Data = object | string | number | bigint | boolean | null | undefined;

/**
 * A named, versioned set of members that a unit and its host agree on. It is frozen and holds nothing; any number of loads may share
 * it.
 */
export interface Contract<T extends object = object> {
  readonly name: string;
  readonly version: string;
  readonly members: ReadonlyMap<string, ContractMember>;
  /**
   * Makes a facade of an object of the page's, to be passed to units: it has the contract's members alone, what a unit gives to them
   * is checked before the object gets it, and what they return before the unit does. It crosses by reference. Newer members that the
   * object lacks are their defaults. References among arguments that are refused are let go of.
   * @param side what messages call the object
   * @throws LeaseholdError "ContractError" (`contract-member-missing`)
   */
  implement(object: Implementation<T>, side?: string): T;
}

/** The members of a contract as a unit has them: what `unit.exports` is a remote of. */
export type ContractOf<C> = C extends Contract<infer T> ? T : never;

/** What implements the members `T`: those that have a default may be missing, and what returns may do so later. */
export type Implementation<T> = object & { [K in keyof T]?: T[K] | Later<T[K]> };

type Later<F> = F extends (...args: infer A) => infer R
  ? ((...args: A) => Promise<R>) | (new (...args: A) => unknown)
  : never;

/** By the members' definitions. */
export type Members<M> = {
  [K in keyof M]: MemberOf<Part<M[K], "arguments">, Part<M[K], "result">, Part<M[K], "default">>;
};

type Part<D, K> = K extends keyof D ? D[K] : unknown;

type MemberOf<A, R, D> = A extends readonly Schema[]
  ? (...args: Inputs<A>) => Returned<R, D>
  : R extends Schema
    ? StandardSchemaV1.InferOutput<R>
    : unknown extends D
      ? Anything
      : D;

type Returned<R, D> = R extends Schema
  ? StandardSchemaV1.InferOutput<R>
  : D extends (...args: never) => infer Result
    ? Awaited<Result>
    : unknown;

/** What a caller passes: what accepts `undefined`, with nothing after it that does not, may be left out. */
type Inputs<A extends readonly Schema[]> = A extends readonly [
  ...infer Rest extends readonly Schema[],
  infer Last extends Schema,
]
  ? undefined extends StandardSchemaV1.InferInput<Last>
    ? [...Inputs<Rest>, StandardSchemaV1.InferInput<Last>?]
    : [...Required<A>]
  : A extends readonly []
    ? []
    : StandardSchemaV1.InferInput<A[number]>[];

type Required<A extends readonly Schema[]> = { [I in keyof A]: StandardSchemaV1.InferInput<A[I]> };

/** A member of which nothing is said may be anything: the compiler permits everything with it. */
type Anything = ReturnType<JSON["parse"]>;
