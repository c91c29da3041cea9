import { LeaseholdError } from "../errors.js";
import { suggest } from "../suggest.js";
import type { CheckedSide } from "./schema-failed.js";

/** Letters of a name that are repeated: it may come from another unit. */
const LONGEST_NAME = 100;

/** The error of asking for what is not in the contract. */
export function notInContract({ contract, side, unit }: CheckedSide, name: string, known: string[]): LeaseholdError {
  const message = `Contract ${contract}, by which ${side} is called, has no member "${name.slice(0, LONGEST_NAME)}".${suggest(name, known)}`;
  return new LeaseholdError("ContractError", "no-such-member", message, { unit });
}

/** The error of a load whose contract is something else. */
export function notAContract(unit: string): LeaseholdError {
  const message = `${unit} was to be loaded with a contract that is none; make it by defineContract(), of this copy of the library.`;
  return new LeaseholdError("ContractError", "contract-invalid", message, { unit });
}

/** The error of reading a function whose calls are checked: nothing would check it from there on. */
export function callOnly({ contract, side, unit }: CheckedSide, name: string): LeaseholdError {
  const message =
    `"${name}" of ${side} is checked call by call (contract ${contract}), so it cannot be read, nor its members: ` +
    "call it, or pass it on, from where it is.";
  return new LeaseholdError("ContractError", "contract-call-only", message, { unit });
}

/** The error of a plan that would go past the checks. */
export function inPlan({ contract, side, unit }: CheckedSide, what: string): LeaseholdError {
  const message =
    `A plan used ${what} of ${side}, which contract ${contract} checks in the page; what a plan does, the page does not see. ` +
    "Call it by unit.exports, and give the plan what comes back.";
  return new LeaseholdError("DataError", "contract-in-plan", message, { unit });
}
