import { callers } from "./callers.js";

const calls = 200;

/** Calls that each wait for the one before: what latency costs. */
export const single = {
  id: "single",
  title: "Single round trips, one at a time",
  unit: "µs per call",
  // An engine compiles what is called some thousand times; so few calls a round would all be interpreted.
  warmUp: 20,
  rounds: 15,
  targets: [{ of: "Leasehold", against: "raw postMessage", timesSlower: 1.2 }],
  ...callers("single", pingPong),
};

async function pingPong(session) {
  const start = performance.now();
  for (let index = 0; index < calls; index++) {
    if ((await session.add(index, 1)) !== index + 1) throw new Error("A wrong answer");
  }
  return ((performance.now() - start) * 1000) / calls;
}
