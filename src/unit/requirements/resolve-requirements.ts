import type { UnitManifest } from "../manifest.js";
import { isInRange } from "../version-range.js";
import type { UnitPackage } from "../unit-package.js";
import { highest } from "./highest.js";
import { inOrder } from "./in-order.js";
import { conflicting, missing, unsettled } from "./requirement-errors.js";
import type { RequiredUnit, Requirement } from "./requirement.js";

/** Finds a unit of a name for one that requires it, preferably within the range; undefined where there is none. */
export type FindRequired = (
  name: string,
  range: string,
  requester: UnitManifest,
) => UnitPackage | undefined | Promise<UnitPackage | undefined>;

/** Rounds after which versions that go on displacing each other are given up: a few are usual. */
const MOST_ROUNDS = 100;

/**
 * Finds all units that are to be linked with one, of each name a single version: the highest of those found for one of its
 * requesters that suits all of them.
 *
 * 1. Everybody who was chosen is asked what it requires, and each wish is looked for, once for each requester.
 * 2. For each name that was wished for, a version is chosen.
 * 3. Another version may have other wishes: both again, until the choice stays as it is.
 *
 * @returns them in an order in which each comes behind what it requires itself
 * @throws LeaseholdError "LoadError" (`requirement-missing`, `requirement-conflict`, `requirement-cycle`) that names every requester
 *   and range; or as `find` does
 */
export async function resolveRequirements(root: UnitPackage, find: FindRequired): Promise<RequiredUnit[]> {
  const ask = askedOnce(find);
  let chosen = new Map<string, UnitPackage | undefined>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wishes = await gather(root, chosen, ask);
    const choice = new Map([...wishes].map(([name, requirements]) => [name, choose(requirements)]));
    const isSettled = choice.size === chosen.size && [...choice].every(([name, each]) => chosen.get(name) === each);
    chosen = choice;
    if (!isSettled) continue;
    const unmet = [...wishes.values()].filter(([first]) => first && !choice.get(first.name));
    const absent = unmet.filter((requirements) => requirements.every(({ offer }) => !offer));
    if (absent.length > 0) throw missing(root.manifest, absent.flat());
    if (unmet.length > 0) throw conflicting(root.manifest, unmet.flat());
    return inOrder(root, choice as ReadonlyMap<string, UnitPackage>, wishes);
  }
  throw unsettled(root.manifest, [...chosen.keys()]);
}

type Ask = (name: string, range: string, requester: UnitManifest) => Promise<UnitPackage | undefined>;

function askedOnce(find: FindRequired): Ask {
  const answers = new Map<UnitManifest, Map<string, Promise<UnitPackage | undefined>>>();
  return (name, range, requester) => {
    const known = answers.get(requester) ?? new Map<string, Promise<UnitPackage | undefined>>();
    answers.set(requester, known);
    const answer = known.get(name) ?? (async () => find(name, range, requester))();
    known.set(name, answer);
    return answer;
  };
}

/** All wishes of a unit and of what is chosen for it, by the name of what is wished for. */
async function gather(
  root: UnitPackage,
  chosen: ReadonlyMap<string, UnitPackage | undefined>,
  ask: Ask,
): Promise<Map<string, Requirement[]>> {
  const wishes = new Map<string, Requirement[]>();
  const reached = new Set([root]);
  let current = [root];
  while (current.length > 0) {
    const found = await Promise.all(
      current.flatMap(({ manifest: requester }) =>
        Object.entries(requester.requires ?? {}).map(async ([name, range]): Promise<Requirement> => {
          return { requester, name, range, offer: await ask(name, range, requester) };
        }),
      ),
    );
    const before = reached.size;
    for (const wish of found) {
      wishes.set(wish.name, [...(wishes.get(wish.name) ?? []), wish]);
      const next = chosen.has(wish.name) ? chosen.get(wish.name) : wish.offer;
      if (next) reached.add(next);
    }
    current = [...reached].slice(before);
  }
  return wishes;
}

function choose(requirements: readonly Requirement[]): UnitPackage | undefined {
  const suits = ({ manifest }: UnitPackage): boolean =>
    requirements.every(({ name, range }) => manifest.name === name && isInRange(manifest.version, range));
  return highest(requirements.flatMap(({ offer }) => (offer && suits(offer) ? offer : [])));
}
