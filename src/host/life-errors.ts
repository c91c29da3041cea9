import { LeaseholdError } from "../errors.js";
import { thrownText } from "../thrown-text.js";

/** What needs a domain was asked of a unit that runs in the domains of others alone. */
export function domainless(unit: string, label: string): LeaseholdError {
  const message = `${label} of ${unit} cannot be answered: it runs in the domains of the units that require it. Load it, for one of its own.`;
  return new LeaseholdError("InvalidStateError", "no-domain", message, { unit });
}

/** A unit that never goes was to be unloaded. */
export function permanent(unit: string): LeaseholdError {
  const message = `${unit} was loaded with collectible false, or a unit that was requires it, so it stays as long as its host: call host.dispose(), or load that with "explicit" or "auto".`;
  return new LeaseholdError("NotSupportedError", "unit-permanent", message, { unit });
}

/** A unit's domain was lost before the unit was loaded. */
export function lostInLoad(unit: string, cause: unknown): LeaseholdError {
  const message = `${unit} was lost as it was loaded: ${cause instanceof Error ? cause.message : thrownText(cause)}`;
  return new LeaseholdError("LoadError", "domain-lost", message, { unit, cause });
}
