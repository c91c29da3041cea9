import { LeaseholdError } from "../errors.js";
import { suggest } from "../suggest.js";

/** The error of asking a unit for what it does not export. */
export function noSuchExport(unit: string, name: string, names: readonly string[]): LeaseholdError {
  const message = `${unit} does not export "${name}".${suggest(name, names)}`;
  return new LeaseholdError("ContractError", "no-such-member", message, { unit });
}
