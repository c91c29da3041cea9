import type { Model, ModelLease, ModelUnit } from "./model.js";

/** More than this many leases have too many subsets to try. */
const MOST = 12;

/** Whether a unit is led to no more without some leases. */
export function frees(model: Model, unit: ModelUnit, released: readonly ModelLease[]): boolean {
  return !model.reached(model.leases.filter((lease) => !released.includes(lease))).has(unit);
}

/** The leases by which some way leads to a unit, and which can be let go of: not the pin of one that never goes. */
export function releasable(model: Model, unit: ModelUnit): ModelLease[] {
  const before = new Set([unit]);
  for (let size = 0; size !== before.size;) {
    size = before.size;
    for (const { on, by } of model.leases) if (by && before.has(on)) before.add(by);
  }
  return model.leases.filter(({ on, kind }) => before.has(on) && !(kind === "pin" && on.life === "permanent"));
}

/** Fewer leases than these that would do as well; undefined where there are none, or too many to try. */
export function fewerThan(model: Model, unit: ModelUnit, released: readonly ModelLease[]): ModelLease[] | undefined {
  const all = releasable(model, unit);
  if (all.length > MOST) return undefined;
  for (let bits = 0; bits < 2 ** all.length; bits++) {
    const some = all.filter((_, index) => bits & (1 << index));
    if (some.length < released.length && frees(model, unit, some)) return some;
  }
  return undefined;
}

/**
 * How few leases are enough: whatever is to go together with a unit, all that leads in from outside has to be released. Tries
 * every such set of units; Infinity where none can go.
 */
export function leastReleases(model: Model, unit: ModelUnit): number {
  const canGo = model.units.filter(({ life, stage }) => life !== "permanent" && stage !== "finalizing");
  let least = Infinity;
  for (let bits = 0; bits < 2 ** canGo.length; bits++) {
    const going = canGo.filter((_, index) => bits & (1 << index));
    if (!going.includes(unit)) continue;
    const isInside = ({ on, by, isCall }: ModelLease): boolean =>
      !isCall && by !== on && going.includes(by as ModelUnit);
    least = Math.min(least, model.leases.filter((lease) => going.includes(lease.on) && !isInside(lease)).length);
  }
  return least;
}
