import type { UnitManifest } from "../manifest.js";
import { isInRange } from "../version-range.js";
import type { UnitPackage } from "../unit-package.js";
import { gatherWishes, type Ask, type Wishes } from "./gather-wishes.js";
import { highest } from "./highest.js";
import { inOrder } from "./in-order.js";
import { ambiguous, conflicting, missing, unsettled } from "./requirement-errors.js";
import type { RequiredUnit, Requirement } from "./requirement.js";

/**
 * Finds a unit of a name for one that requires it, preferably within the range; undefined where there is none. The same unit is the
 * same object, whoever it is found for.
 */
export type FindRequired = (
  name: string,
  range: string,
  requester: UnitManifest,
) => UnitPackage | undefined | Promise<UnitPackage | undefined>;

/** Versions by name; undefined where none suits. */
type Choice = ReadonlyMap<string, UnitPackage | undefined>;

/** Rounds in which all names are chosen for at once: a few are usual. Versions that go on displacing each other may settle one by one. */
const ROUNDS_AT_ONCE = 50;
/** Rounds after which they are given up. */
const MOST_ROUNDS = 100;

/**
 * Finds all units that are to be linked with one, of each name a single version: the highest of those found for one of its
 * requesters that suits all of them.
 *
 * 1. Everybody who was chosen is asked what it requires, and each wish is looked for, once for each requester.
 * 2. For each name that was wished for, a version is chosen.
 * 3. Another version may have other wishes: both again, until the choice stays as it is.
 *
 * What a version wished for that was displaced does not matter in the end, nor does it that looking for that failed.
 *
 * @returns them in an order in which each comes behind what it requires itself
 * @throws LeaseholdError "LoadError" (`requirement-missing`, `requirement-conflict`, `requirement-cycle`) that names every requester
 *   and range; or as `find` does
 */
export async function resolveRequirements(root: UnitPackage, find: FindRequired): Promise<RequiredUnit[]> {
  const ask = askedOnce(root, find);
  let chosen: Choice = new Map();
  let unsure: Requirement[] = [];
  let before: Requirement[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wishes = await gatherWishes(root, chosen, ask);
    const choice: Choice = new Map(
      [...wishes.byName].map(([name, requirements]) => [name, choose(name, requirements)]),
    );
    const names = [...choice.keys()].filter((name) => !chosen.has(name) || chosen.get(name) !== choice.get(name));
    const [first] = names;
    if (first === undefined && choice.size === chosen.size) return settle(root, choice, wishes);
    chosen = first === undefined || round < ROUNDS_AT_ONCE ? choice : changedIn(first, chosen, choice);
    [before, unsure] = [unsure, names.flatMap((name) => wishes.byName.get(name) ?? [])];
  }
  throw unsettled(root.manifest, [...new Set([...before, ...unsure])]);
}

/** A choice of which only what concerns one name is taken over. */
function changedIn(name: string, chosen: Choice, choice: Choice): Choice {
  const names = [...choice.keys()].filter((each) => each === name || chosen.has(each));
  return new Map(names.map((each) => [each, (each === name ? choice : chosen).get(each)]));
}

/** What a choice comes to, or what is wrong with it. */
function settle(root: UnitPackage, chosen: Choice, { byName, byRequester }: Wishes): RequiredUnit[] {
  // A circle is one whether or not the versions in it suit.
  const ordered = inOrder(root, chosen, byRequester);
  const failed = [...byName.values()].flat().find(({ failure }) => failure)?.failure;
  if (failed) throw failed.error;
  const unmet = [...byName].filter(([name]) => !chosen.get(name)).map(([, requirements]) => requirements);
  const absent = unmet.filter((requirements) => requirements.every(({ offer }) => !offer));
  if (absent.length > 0) throw missing(root.manifest, absent.flat());
  if (unmet.length > 0) throw conflicting(root.manifest, unmet.flat());
  const doubled = [...byName].flatMap(([name, requirements]) => doublesOf(chosen.get(name), requirements));
  if (doubled.length > 0) throw ambiguous(root.manifest, doubled);
  return ordered.map((source) => ({ source, requirements: byName.get(source.manifest.name) ?? [] }));
}

/** The wishes for which a version was found as different units, of which only one could be chosen. */
function doublesOf(chosen: UnitPackage | undefined, requirements: readonly Requirement[]): Requirement[] {
  const alike = requirements.filter(
    ({ name, offer }) => offer?.manifest.name === name && offer.manifest.version === chosen?.manifest.version,
  );
  return alike.some(({ offer }) => offer !== chosen) ? alike : [];
}

function askedOnce(root: UnitPackage, find: FindRequired): Ask {
  const answers = new Map<UnitManifest, Map<string, Promise<Requirement>>>();
  const answer: Ask = async (wish) => {
    const { name, range, requester } = wish;
    try {
      return { ...wish, offer: await find(name, range, requester) };
    } catch (error) {
      // Nobody displaces the unit itself: there is nothing to wait for.
      if (requester === root.manifest) throw error;
      return { ...wish, offer: undefined, failure: { error } };
    }
  };
  return (wish) => {
    const known = answers.get(wish.requester) ?? new Map<string, Promise<Requirement>>();
    answers.set(wish.requester, known);
    const asked = known.get(wish.name) ?? answer(wish);
    known.set(wish.name, asked);
    return asked;
  };
}

function choose(name: string, requirements: readonly Requirement[]): UnitPackage | undefined {
  const offers = new Set(requirements.flatMap(({ offer }) => offer ?? []));
  const ranges = [...new Set(requirements.map(({ range }) => range))];
  const suits = ({ manifest }: UnitPackage): boolean =>
    manifest.name === name && ranges.every((range) => isInRange(manifest.version, range));
  return highest([...offers].filter(suits));
}
