import { LeaseholdError } from "../errors.js";

/**
 * The error of what is asked of a unit that is not there (any more).
 * @param label what cannot be answered, e.g. "render()"; without one, the error is about the unit itself
 */
export function gone(unit: string, code: "unit-unloaded" | "domain-lost", why: string, label?: string): LeaseholdError {
  const what = label === undefined ? `${unit} is gone` : `${label} of ${unit} cannot be answered`;
  const error = new LeaseholdError("DomainUnloadedError", code, `${what}: ${why}. Load the unit again.`, { unit });
  // Until its stack is read, an error keeps in memory what was being called: here, the domain that is just going.
  void error.stack;
  return error;
}

/** Makes such an error for each call. A closed session keeps this function, so it must not keep the unit's domain. */
export function goneBecause(
  unit: string,
  code: "unit-unloaded" | "domain-lost",
  why: string,
): (label?: string) => LeaseholdError {
  return (label) => gone(unit, code, why, label);
}
