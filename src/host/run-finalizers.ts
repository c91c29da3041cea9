import type { Domain } from "../domain/index.js";
import { LeaseholdError } from "../errors.js";
import { giveBack } from "../remoting/index.js";
import { withinTime } from "../time.js";
import { markHung } from "./hung.js";

/** Errors that a receipt has; there is no end to what a domain may say. */
const MOST_ERRORS = 100;

/**
 * Has a unit's domain run `deactivate` and the disposers.
 * @returns what they threw, within so many milliseconds, the first of them; instances that come with it are let go of, for nobody
 *   has asked for them. Never rejects
 */
export async function runFinalizers(unit: string, domain: Domain, milliseconds: number): Promise<unknown[]> {
  const late = (): LeaseholdError => {
    const message = `The finalizers of ${unit} took more than ${milliseconds} ms.`;
    return markHung(new LeaseholdError("TimeoutError", "finalizers-late", message, { unit }));
  };
  try {
    const thrown: unknown = await withinTime(domain.control.finalize(), milliseconds, late);
    if (!Array.isArray(thrown)) return [noList(unit)];
    giveBack(thrown);
    return thrown.slice(0, MOST_ERRORS);
  } catch (error) {
    return [error];
  }
}

function noList(unit: string): LeaseholdError {
  const message = `${unit} has not said what its finalizers threw, but something else.`;
  return new LeaseholdError("DataError", "protocol-violation", message, { unit });
}
