import { callers } from "./callers.js";

/** Loops a round, one after the other: the clock ticks in tenths of a millisecond. */
const loops = 20;

const times = 1_000_000;

/** A loop of calls that runs where the called function is; for the limit, the domain has the loop from the start. */
export const inside = {
  id: "inside",
  title: "A loop of 1,000,000 calls, run inside",
  unit: "ms for the loop",
  rounds: 20,
  targets: [{ of: "Leasehold", against: "raw postMessage", timesSlower: 1.3 }],
  ...callers("inside", runLoop),
};

let expected = 0;
for (let index = 0; index < times; index++) expected += index & 7;

async function runLoop(session) {
  const start = performance.now();
  for (let loop = 0; loop < loops; loop++) {
    if ((await session.loop(times)) !== expected) throw new Error("A wrong answer");
  }
  return (performance.now() - start) / loops;
}
