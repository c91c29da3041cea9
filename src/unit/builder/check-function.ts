import { writeFunction } from "./write-function.js";

/**
 * Checks that parameters and a body make one function, and nothing beyond.
 * @param what the function is called in messages
 * @throws LeaseholdError "DataError" (`syntax-error`) with line and column in the text at fault
 */
export function checkFunction(parameters: readonly string[], body: string, what: string): void {
  writeFunction({ place: { what }, header: "function anonymous" }, parameters, body);
}
