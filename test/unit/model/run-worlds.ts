import { Random } from "./random.js";
import { rounds } from "../../support/rounds.js";

/** Something that lives through random steps, and knows what should have come of each. */
export interface LivedWorld {
  /** What happened, for people. */
  readonly log: string[];
  /** What went wrong where nothing could be thrown. */
  readonly faults: unknown[];
  step(random: Random): Promise<void> | undefined;
  end(): Promise<void>;
  close(): void;
}

export interface Worlds {
  seed: number;
  /** Of a thorough run. */
  worlds: number;
  steps: number;
  create(random: Random): LivedWorld;
}

/**
 * Lives through worlds, each of which follows from the seed and its number.
 * @throws Error for the first one in which something goes wrong, by as few steps as go wrong still
 */
export async function runWorlds({ seed, worlds, steps: length, create }: Worlds): Promise<void> {
  const began = performance.now();
  const lived = rounds(worlds);
  for (let index = 0; index < lived; index++) {
    const random = new Random(seed + index);
    const steps = Array.from({ length }, () => random.below(2 ** 32));
    const faultIn = (some: number[]): Promise<Fault | undefined> => live(create(new Random(seed + index)), some);
    const first = await faultIn(steps);
    if (!first) continue;
    const few = await fewest(steps, faultIn);
    // What does not go wrong again is told as it went wrong at first.
    const { fault, log } = (await faultIn(few)) ?? first;
    const stack = fault instanceof Error ? fault.stack : String(fault);
    throw new Error(`Seed ${seed}, world ${index}, ${few.length} steps:\n${log.join("\n")}\n${stack}`, {
      cause: fault,
    });
  }
  console.log(`seed ${seed}: ${lived * length} steps in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

interface Fault {
  fault: unknown;
  log: string[];
}

async function live(world: LivedWorld, steps: readonly number[]): Promise<Fault | undefined> {
  try {
    for (const step of steps) {
      const going = world.step(new Random(step));
      // Steps without a promise are one turn with the next.
      if (going) await going;
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
async function fewest(steps: number[], faultIn: (steps: number[]) => Promise<unknown>): Promise<number[]> {
  for (let size = steps.length >> 1; size > 0; size = size === 1 ? 0 : size >> 1) {
    for (let at = 0; at < steps.length;) {
      const fewer = steps.toSpliced(at, size);
      if (await faultIn(fewer)) steps = fewer;
      else at += size;
    }
  }
  return steps;
}
