import { LeaseholdError } from "../../errors.js";
import type { Place } from "./place.js";

/** The error for what a builder does not take; `message` goes on where the place ends. */
export function refusal(code: string, { what, unit }: Place, message: string): LeaseholdError {
  return new LeaseholdError("DataError", code, `${what}: ${message}`, { unit });
}
