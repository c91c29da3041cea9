import { Random } from "./model/random.js";
import { World } from "./model/world.js";

const SEED = 20_261_121;
const WORLDS = 2000;
const STEPS = 100;

/** Lives through a world; returns what went wrong in it. */
async function faultIn(seed: number, steps: readonly number[]): Promise<{ fault: unknown; log: string[] } | undefined> {
  const world = new World(new Random(seed));
  try {
    for (const step of steps) {
      await world.step(new Random(step));
      if (world.faults.length > 0) throw world.faults[0];
    }
    await world.end();
    if (world.faults.length > 0) throw world.faults[0];
    return undefined;
  } catch (fault) {
    return { fault: world.faults[0] ?? fault, log: world.log };
  } finally {
    world.close();
  }
}

/** As few of the steps as go wrong still. */
async function fewest(seed: number, steps: number[]): Promise<number[]> {
  for (let size = steps.length >> 1; size > 0; size = size === 1 ? 0 : size >> 1) {
    for (let at = 0; at < steps.length;) {
      const fewer = steps.toSpliced(at, size);
      if (await faultIn(seed, fewer)) steps = fewer;
      else at += size;
    }
  }
  return steps;
}

describe("two sessions that do all that they can", () => {
  it("give what they should, to the very object, and hold what they should, to the last reference", async function () {
    this.timeout(180_000);
    const began = performance.now();
    for (let index = 0; index < WORLDS; index++) {
      const seed = SEED + index;
      const random = new Random(seed);
      const steps = Array.from({ length: STEPS }, () => random.below(2 ** 32));
      if (!(await faultIn(seed, steps))) continue;
      const few = await fewest(seed, steps);
      const { fault, log } = (await faultIn(seed, few)) ?? { fault: "nothing, once there were fewer steps", log: [] };
      const stack = fault instanceof Error ? fault.stack : String(fault);
      throw new Error(`Seed ${SEED}, world ${index}, ${few.length} steps:\n${log.join("\n")}\n${stack}`, {
        cause: fault,
      });
    }
    console.log(`seed ${SEED}: ${WORLDS * STEPS} steps in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  });
});
