import { LeaseholdError } from "../../errors.js";
import type { Place } from "./place.js";

/** A text of the caller's. */
export interface GivenText {
  text: string;
  /** E.g. "the body". */
  role: string;
}

/** Characters that are shown of a line. */
const LONGEST_LINE = 120;

/**
 * The error for a text that cannot stand where it is to stand, by the line and column where that shows. Its cause is the same as data.
 * @param offset in the text
 */
export function syntaxError({ what, unit }: Place, given: GivenText, offset: number, fault: string): LeaseholdError {
  const before = given.text.slice(0, offset).split("\n");
  const line = before.length;
  const column = (before.at(-1) as string).length + 1;
  const source = given.text.split("\n")[line - 1] as string;
  const from = Math.max(0, column - LONGEST_LINE / 2);
  const shown = source.slice(from, from + LONGEST_LINE).trim();
  const message = `${what}: ${fault}, at line ${line}, column ${column} of ${given.role}${shown && `:\n    ${shown}`}`;
  return new LeaseholdError("DataError", "syntax-error", message, { unit, cause: { fault, line, column, source } });
}
