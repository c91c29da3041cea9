import type { UnitManifest } from "../manifest.js";
import type { UnitPackage } from "../unit-package.js";
import { unsettled } from "./requirement-errors.js";
import type { Requirement } from "./requirement.js";

/** All wishes of a unit and of what is chosen for it. */
export interface Wishes {
  /** By the name of what is wished for. */
  byName: ReadonlyMap<string, readonly Requirement[]>;
  /** By who has them, in the order of its manifest. */
  byRequester: ReadonlyMap<UnitManifest, readonly Requirement[]>;
}

/** Looks for what is wished for; the same wish always gets the same answer. */
export type Ask = (wish: Pick<Requirement, "requester" | "name" | "range">) => Promise<Requirement>;

/** Different units of one name that are followed: each may have been given yet another one, and so forth. */
const MOST_VERSIONS = 100;

/**
 * Follows the wishes of a unit, and of what is chosen for it; where nothing is known of a name yet, of all that is offered.
 * @param chosen by name; undefined for one of which no version suits
 * @throws LeaseholdError "LoadError" (`requirement-conflict`) where there is no end of versions
 */
export async function gatherWishes(
  root: UnitPackage,
  chosen: ReadonlyMap<string, UnitPackage | undefined>,
  ask: Ask,
): Promise<Wishes> {
  const byName = new Map<string, Requirement[]>();
  const byRequester = new Map<UnitManifest, Requirement[]>();
  const counts = new Map<string, number>();
  const reached = new Set([root]);
  let current = [root];
  while (current.length > 0) {
    const found = await Promise.all(
      current.flatMap(({ manifest: requester }) =>
        Object.entries(requester.requires ?? {}).map(([name, range]) => ask({ requester, name, range })),
      ),
    );
    current = [];
    for (const wish of found) {
      listIn(byName, wish.name).push(wish);
      listIn(byRequester, wish.requester).push(wish);
      const next = chosen.has(wish.name) ? chosen.get(wish.name) : wish.offer;
      if (!next || reached.has(next) || wish.name === root.manifest.name) continue;
      const count = (counts.get(wish.name) ?? 0) + 1;
      counts.set(wish.name, count);
      if (count > MOST_VERSIONS) throw unsettled(root.manifest, listIn(byName, wish.name).slice(-3));
      reached.add(next);
      current.push(next);
    }
  }
  return { byName, byRequester };
}

function listIn<K>(lists: Map<K, Requirement[]>, key: K): Requirement[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
