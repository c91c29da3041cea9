import { LeaseholdError } from "../errors.js";
import { suggest } from "../suggest.js";
import type { ContractMember } from "./types.js";
import { areCompatible, isSince } from "./versions.js";

/** What a contract is to the agreement. */
export interface Terms {
  readonly name: string;
  readonly version: string;
  readonly members: ReadonlyMap<string, ContractMember>;
}

/** What is known of a unit before any of its code is run. */
export interface Party {
  readonly name: string;
  readonly version: string;
  /** By contract: the version that the unit was written against. */
  readonly implements?: Readonly<Record<string, string>> | undefined;
}

/**
 * Meets a unit with the host's contract.
 *
 * 1. The unit declares which version of the contract it was written against.
 * 2. That and the host's have to be of one line; which of them is older does not matter.
 * 3. The unit exports every member that its version of the contract has.
 * 4. For those that are newer, defaults stand in, also where it happens to export something of that name.
 *
 * @returns the names of the members for which defaults stand in
 * @throws LeaseholdError "ContractError": `contract-undeclared`, `contract-version`, `contract-member-missing`
 */
export function agree(contract: Terms, unit: Party, exportNames: readonly string[]): ReadonlySet<string> {
  const { name, version, members } = contract;
  const id = `${unit.name}@${unit.version}`;
  const host = `the host's ${name}@${version}`;
  const written =
    unit.implements && Object.hasOwn(unit.implements, name) ? (unit.implements[name] as string) : undefined;
  const refuse = (code: string, message: string): LeaseholdError =>
    new LeaseholdError("ContractError", code, message, { unit: unit.name });

  if (written === undefined) {
    const others = Object.keys(unit.implements ?? {});
    const line = `"implements": { ${JSON.stringify(name)}: ${JSON.stringify(version)} }`;
    throw refuse(
      "contract-undeclared",
      `${id} does not say that it implements ${host}.${suggest(name, others)} Write ${line} into its manifest, with the ` +
        "version that it was written against.",
    );
  }
  const [[first, member] = ["", undefined]] = [...members];
  if (!areCompatible(version, written)) {
    const example = member && !exportNames.includes(first) ? ` (${first}, for one, it does not export)` : "";
    const [older, newer] = isSince(version, written) ? ["the unit", version] : ["the host", written];
    throw refuse(
      "contract-version",
      `${id} implements ${name}@${written}, and that cannot work with ${host}${example}: a new major version, before 1.0.0 ` +
        `a new minor one, is another contract. Bring ${older} up to ${name}@${newer}, or load a version of the other that fits.`,
    );
  }
  const isTheirs = ({ since }: ContractMember): boolean => isSince(written, since);
  const missing = [...members].find(([each, terms]) => isTheirs(terms) && !exportNames.includes(each));
  if (missing) {
    const [each, { since }] = missing;
    const age = since === undefined ? "from its first version on" : `since ${since}`;
    throw refuse(
      "contract-member-missing",
      `${id} implements ${name}@${written}, but does not export "${each}", which ${host} has ${age}.` +
        `${suggest(each, exportNames)} Export it from the unit's entry module, or declare the version that the unit was written against.`,
    );
  }
  return new Set([...members].filter(([, terms]) => !isTheirs(terms)).map(([each]) => each));
}
