import { LeaseholdError } from "../errors.js";
import { isNative } from "../remoting/index.js";

/**
 * The source of a function that is to run elsewhere.
 * @throws LeaseholdError "DataError" (`no-source`) where there is none: of a bound or native function, or of a remote
 */
export function sourceOf(fn: unknown): string {
  if (typeof fn === "function" && !isNative(fn)) return Function.prototype.toString.call(fn);
  const message =
    "inside() runs a function's source in the unit, and this has none: it is no function, or a bound, native or remote one. Pass an arrow function.";
  throw new LeaseholdError("DataError", "no-source", message);
}
