import { postResult } from "../post.js";
import { contestants } from "./contestants.js";

/** Functions of a round. */
const COUNT = 2000;
const WARM_UP = 2;
const ROUNDS = 7;

/** Microseconds a function, of each round, by contestant; all take turns. */
async function measure(isolation) {
  const { run, close } = await contestants(isolation);
  const samples = Object.fromEntries(Object.keys(run).map((name) => [name, []]));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [name, each] of Object.entries(run)) {
      globalThis.gc?.({ type: "minor" });
      const start = performance.now();
      const sum = await each(COUNT);
      const took = performance.now() - start;
      if (sum !== (COUNT * (COUNT + 1)) / 2) throw new Error(`${name} answered ${sum}`);
      if (round >= 0) samples[name].push((took * 1000) / COUNT);
    }
  }
  await close();
  return samples;
}

await postResult(async () => {
  const samples = {};
  for (const isolation of ["frame", "worker", "realm"]) samples[isolation] = await measure(isolation);
  return { samples };
});
