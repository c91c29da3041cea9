import { handlerOf } from "../calls/handler.js";

/**
 * Whether something that was received has the other side's function for its `then`. A promise that is resolved with it would ask
 * over there, and never settle if that does not like to. What an honest side sends as a result has settled.
 */
export function isThenable(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.hasOwn(value, "then") &&
    handlerOf((value as { then: unknown }).then) !== undefined
  );
}
