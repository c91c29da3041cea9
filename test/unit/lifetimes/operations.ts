import type { LeaseKind } from "../../../src/lifetime/index.js";
import type { Random } from "../model/random.js";
import type { Life, ModelUnit } from "./model.js";
import type { World } from "./world.js";

/** How often something happens, and what that is. */
type Operation = [weight: number, happen: (world: World, random: Random) => unknown];

const LIVES: Life[] = ["explicit", "explicit", "auto", "auto", "auto", "permanent"];

export const KINDS: LeaseKind[] = [
  ...(["instance", "collection", "type", "builder", "dependent", "binding", "handle", "reflection"] as const),
  ...(["call", "callback", "view", "activity"] as const),
];

const ERRORS = [[], [], [], ["failed"], ["failed", "again"]];

/** All that may happen, but for what ends the world. */
export const OPERATIONS: Operation[] = [
  [8, (world, random) => world.load(random.one(LIVES))],
  [24, (world, random) => onUnit(world, random, (unit) => take(world, unit, random))],
  [1, (world, random) => world.gone && world.take(world.gone, undefined, random)],
  [6, (world, random) => onUnit(world, random, (unit) => world.call(unit, holder(world, unit, random)))],
  [22, (world, random) => release(world, random)],
  [2, (world, random) => onUnit(world, random, (unit) => releaseAll(world, unit))],
  [3, (world, random) => collect(world, random)],
  [2, (world, random) => world.model.leases.length > 0 && world.revoke([random.one(world.model.leases)])],
  [3, (world, random) => onUnit(world, random, (unit) => world.revoke(world.report(unit, false)))],
  [6, (world, random) => onUnit(world, random, (unit) => void world.report(unit, random.happens(50)))],
  [7, (world, random) => onUnit(world, random, (unit) => world.letGo(unit))],
  [7, (world, random) => onUnit(world, random, (unit) => unload(world, unit, random))],
  [2, (world, random) => onUnit(world, random, (unit) => world.force(unit))],
  [1, (world, random) => onUnit(world, random, (unit) => world.forceLater(unit))],
  [1, (world, random) => onUnit(world, random, (unit) => world.crash(unit))],
  [12, (world, random) => endFinalizers(world, random)],
  [4, (world) => world.halfTurn()],
  [14, (world) => world.turn()],
  [2, (world, random) => world.pass(random.one([20, 1000, 10_000]))],
];

function onUnit(world: World, random: Random, act: (unit: ModelUnit) => unknown): unknown {
  return world.model.units.length > 0 ? act(random.one(world.model.units)) : undefined;
}

/** Who takes hold of a unit: the page, the unit itself, or another one that can. */
function holder(world: World, unit: ModelUnit, random: Random): ModelUnit | undefined {
  const choice = random.below(10);
  if (choice < 4) return undefined;
  if (choice === 4) return unit;
  return random.one(world.model.units.filter(({ isLost }) => !isLost));
}

function take(world: World, unit: ModelUnit, random: Random): void {
  if (unit.isLost) return;
  const by = holder(world, unit, random);
  for (let times = random.happens(20) ? random.below(12) : 1; times > 0; times--) world.take(unit, by, random);
}

function release(world: World, random: Random): void {
  const leases = world.model.leases.filter(({ kind }) => kind !== "pin");
  for (let times = 1 + random.below(3); times > 0 && leases.length > 0; times--) {
    const [lease] = leases.splice(random.below(leases.length), 1);
    if (lease) world.release(lease);
  }
}

function releaseAll(world: World, unit: ModelUnit): void {
  for (const lease of world.model.leases) if (lease.on === unit && lease.kind !== "pin") world.release(lease);
}

/** The garbage collector finds that nobody uses something any more, and has not said so yet. */
function collect(world: World, random: Random): void {
  const leases = world.model.leases.filter(({ isTracked, by }) => isTracked && !by);
  for (const lease of leases) if (random.happens(70)) world.collected(lease);
}

function unload(world: World, unit: ModelUnit, random: Random): void {
  if (unit.life !== "permanent") world.unload(unit, random.one([0, 15, 500, 10_000, Infinity]));
}

function endFinalizers(world: World, random: Random): unknown {
  const running = world.model.units.filter(({ stage, isFinalized }) => stage === "finalizing" && !isFinalized);
  return running.length > 0 ? world.endFinalizers(random.one(running), random.one(ERRORS)) : undefined;
}
