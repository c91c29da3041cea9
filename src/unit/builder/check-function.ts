import { writeFunction } from "./write-function.js";

/**
 * Checks that parameters and a body make one function, and nothing beyond.
 * @param what the function is called in messages
 * @param unit that it is to be a part of
 * @throws LeaseholdError "DataError" (`syntax-error`) with line and column in the text at fault
 */
export function checkFunction(parameters: readonly string[], body: string, what: string, unit?: string): void {
  writeFunction({ place: { what, unit }, header: "function anonymous" }, parameters, body);
}
