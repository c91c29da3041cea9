/**
 * The names under which things are let go of by `using`. An engine that does not know them yet (WebKit) gets those that compilers
 * look for instead, so that `using` works in code that was compiled for it.
 */
export const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for("Symbol.dispose") as typeof Symbol.dispose);

/** Likewise, of `await using`. */
export const ASYNC_DISPOSE: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? (Symbol.for("Symbol.asyncDispose") as typeof Symbol.asyncDispose);
