import { LeaseholdError } from "../errors.js";

/**
 * Makes sure that what is to be compiled is text.
 * @throws LeaseholdError "DataError" (`not-text`)
 */
export function checkText(unit: string, parameters: unknown, body: unknown): void {
  if (Array.isArray(parameters) && [...parameters, body].every((each) => typeof each === "string")) return;
  const message = `compile() takes a list of parameters and a body, all of them text: compile(["a", "b = 1"], "return a + b").`;
  throw new LeaseholdError("DataError", "not-text", message, { unit });
}
