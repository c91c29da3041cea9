import type { Domain } from "../domain/index.js";
import { LeaseholdError } from "../errors.js";
import { withinTime } from "../time.js";

/**
 * Has a unit's domain run `deactivate` and the disposers.
 * @returns what they threw, within so many milliseconds; never rejects
 */
export async function runFinalizers(unit: string, domain: Domain, milliseconds: number): Promise<unknown[]> {
  const late = (): LeaseholdError =>
    new LeaseholdError(
      "TimeoutError",
      "finalizers-late",
      `The finalizers of ${unit} took more than ${milliseconds} ms.`,
      { unit },
    );
  try {
    return await withinTime(domain.control.finalize(), milliseconds, late);
  } catch (error) {
    return [error];
  }
}
