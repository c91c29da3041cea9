import type { Collectible, Unit } from "leasehold";
import type { Place } from "../support/every-isolation.js";
import { keeperCode, type Keeper } from "../support/units.js";

/** Loads units that make, keep and pass on things, by name; who loads unloads. */
export function keepers({ load }: Pick<Place, "load">) {
  return (name: string, collectible: Collectible = "explicit"): Promise<Unit<Keeper>> =>
    load<Keeper>(keeperCode, { manifest: { name }, collectible });
}

/** Loads several of them. */
export function severalKeepers(place: Pick<Place, "load">) {
  const keeper = keepers(place);
  return (...names: string[]): Promise<Unit<Keeper>[]> => Promise.all(names.map((name) => keeper(name)));
}

/** Collects garbage inside of a unit that is active, some times: what is found there is told to the page a little later. */
export async function collectInside(unit: Unit<Keeper>): Promise<void> {
  await unit.inside(async () => {
    const { gc } = globalThis as { gc?: () => void };
    for (let i = 0; i < 3; i++) {
      if (gc) gc();
      else for (let j = 0; j < 4; j++) new Uint8Array(new ArrayBuffer(8 << 20))[0] = 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
}

/** What keeps a unit loaded, as "kind label holder". */
export const holdersOf = (unit: Unit<Keeper>): string[] =>
  unit.whyAlive().holders.map(({ kind, label, holder }) => `${kind} ${label} ${holder}`);
