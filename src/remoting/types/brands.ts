declare const remoteOf: unique symbol;
declare const promiseOf: unique symbol;
declare const plannedOf: unique symbol;
declare const proxyMark: unique symbol;

// Object types and no interfaces: only so is the remote of any module one of a module of which nothing is known.

/** Marks, for the compiler only, the remote of a `T`: where a `T` is wanted over there, one may be passed home. */
export type RemoteOf<T> = { readonly [remoteOf]: T };

/** Marks, for the compiler only, the promise of a `V` over there: it may be passed wherever a `V` is wanted. */
export type PromiseOf<V> = { readonly [promiseOf]: V };

/** Marks, for the compiler only, what will be a `V` when the plan runs over there. */
export type PlannedOf<V> = {
  readonly [plannedOf]: V;
  /** A plan waits by itself for whatever is a promise over there. This member is here so that `await` does not compile. */
  readonly then: Unawaitable;
};

interface Unawaitable {
  (aPlannedValueCannotBeAwaited: never): never;
  readonly [plannedOf]: never;
  readonly then: Unawaitable;
}

/** What `proxy(object)` adds to an object's type: it crosses by reference, whatever its members are. */
export interface ProxyMarked {
  readonly [proxyMark]: true;
}

/** Stands in an intersection for "nothing more"; unlike `{}` and `unknown` it leaves the intersection its name in messages. */
export type Nothing = { [K in never]: never };
