import { callers } from "./callers.js";

/** Rows of calls a round, one after the other. */
const rows = 20;

/** Between the first call, which returns a counter, and the last, which reads one. */
const steps = 8;

/** Calls of which each is made on what the one before returned: what pipelining saves. */
export const dependent = {
  id: "dependent",
  title: "10 calls, each on the result of the one before",
  unit: "µs for the 10",
  warmUp: 10,
  rounds: 15,
  targets: [{ of: "Leasehold", against: "Comlink", timesFaster: 8 }],
  ...callers("dependent", countUp),
};

async function countUp(session) {
  const start = performance.now();
  for (let row = 0; row < rows; row++) {
    if ((await session.count(steps)) !== steps) throw new Error("A wrong answer");
  }
  return ((performance.now() - start) * 1000) / rows;
}
