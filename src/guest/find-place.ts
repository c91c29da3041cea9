import { LeaseholdError } from "../errors.js";
import { suggest } from "../suggest.js";
import { membersOf, membersOfInstances } from "./members.js";

/** What a path leads to, before any getter is run. */
export interface Place {
  steps: string[];
  /** What it is a member of: the exports, a class, an object. */
  owner: object;
  member: PropertyDescriptor;
  /** Whether it is a member of what the owner makes, and not of the owner itself. */
  isOfInstances: boolean;
}

/** A dot that is not part of a symbol's name, as in `Point.[Symbol.iterator]`. */
const DOT = /\.(?![^[\]]*\])/;

/** The names that a path as `Point.length` is made of. */
export function stepsOf(path: string): string[] {
  return path.split(DOT);
}

/**
 * Finds what a list of names leads to, each a member of the one before: of a class a static, else what its instances have; of an
 * object what it or its classes declare.
 * @throws LeaseholdError "ContractError" (`no-such-member`) that suggests what was meant
 */
export function findPlace(unit: string, exports: object, steps: string[]): Place {
  let place: Place | undefined;
  let owner: unknown = exports;
  for (const [index, step] of steps.entries()) {
    place = memberOf(owner, step);
    if (!place) throw noSuchMember(unit, steps, index, owner);
    owner = place.member.value;
  }
  return { ...(place as Place), steps };
}

function memberOf(owner: unknown, name: string): Place | undefined {
  if (!isObject(owner)) return undefined;
  const own = membersOf(owner).get(name);
  const member = own ?? membersOfInstances(owner).get(name);
  return member && { steps: [], owner, member, isOfInstances: !own };
}

function noSuchMember(unit: string, steps: string[], index: number, owner: unknown): LeaseholdError {
  const names = isObject(owner) ? [...membersOf(owner).keys(), ...membersOfInstances(owner).keys()] : [];
  const where = index > 0 ? `"${steps.slice(0, index).join(".")}" of ${unit}` : unit;
  const name = steps[index] as string;
  const message = `There is no "${name}" in ${where}.${suggest(name, names)}`;
  return new LeaseholdError("ContractError", "no-such-member", message, { unit });
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
