import { LeaseholdError } from "../../errors.js";
import type { UnitManifest } from "../manifest.js";
import { nameOf, wishOf, type Requirement } from "./requirement.js";

/** Nothing was found for some wishes. */
export function missing(unit: UnitManifest, wishes: readonly Requirement[]): LeaseholdError {
  const advice =
    "resolve() found none of them, and no loaded unit of such a name and version is there. Have the host's resolve() provide them, " +
    "or load them first.";
  return failure("requirement-missing", unit, `${nameOf(unit)} lacks what it requires`, wishes.map(wishOf), advice);
}

/** What was found for some wishes does not suit everybody. */
export function conflicting(unit: UnitManifest, wishes: readonly Requirement[]): LeaseholdError {
  const advice =
    "A domain has one version of each unit. Have resolve() provide a version that suits all of these, widen a range, or load the units " +
    "apart, each in a domain of its own.";
  const problem = `Not all that ${nameOf(unit)} requires goes together`;
  return failure("requirement-conflict", unit, problem, wishes.map(offerOf), advice);
}

/** Different units were found for one name and version. */
export function ambiguous(unit: UnitManifest, wishes: readonly Requirement[]): LeaseholdError {
  const advice =
    "Have resolve() provide the same unit for all of these, or give each of the units a version of its own.";
  const problem = `What was found for ${nameOf(unit)} differs, though it has one name and version`;
  return failure("requirement-conflict", unit, problem, wishes.map(offerOf), advice);
}

/** Units require each other in a circle. */
export function cyclic(unit: UnitManifest, circle: readonly Requirement[]): LeaseholdError {
  const advice = "A unit is linked behind what it requires. Move what they share into a unit that both require.";
  return failure("requirement-cycle", unit, `Units require each other in a circle`, circle.map(wishOf), advice);
}

/** Each version that is chosen displaces another one. */
export function unsettled(unit: UnitManifest, wishes: readonly Requirement[]): LeaseholdError {
  const advice = "Have resolve() provide one version of each.";
  const problem = `The versions of what ${nameOf(unit)} requires go on displacing each other`;
  return failure("requirement-conflict", unit, problem, wishes.map(offerOf), advice);
}

function offerOf(wish: Requirement): string {
  const { offer, name } = wish;
  if (!offer) return `${wishOf(wish)}, and got nothing`;
  const { manifest } = offer;
  return `${wishOf(wish)}, and got ${manifest.name === name ? manifest.version : nameOf(manifest)}`;
}

function failure(
  code: "requirement-missing" | "requirement-conflict" | "requirement-cycle",
  { name: unit }: UnitManifest,
  problem: string,
  lines: readonly string[],
  advice: string,
): LeaseholdError {
  const message = `${problem}:\n${lines.map((line) => `- ${line}\n`).join("")}${advice}`;
  return new LeaseholdError("LoadError", code, message, { unit });
}
