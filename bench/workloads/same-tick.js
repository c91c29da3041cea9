import { callers } from "./callers.js";

const calls = 10_000;

/** Many calls made in one tick, as a loop over data makes them; for the limit, one array there and one back. */
export const sameTick = {
  id: "same-tick",
  title: "10,000 calls in one tick",
  unit: "µs per call",
  // Engines compile what is called often, and first collections of garbage find their measure.
  warmUp: 30,
  collects: true,
  rounds: 12,
  targets: [
    { of: "Leasehold", against: "Comlink", timesFaster: 30 },
    { of: "Leasehold", against: "raw postMessage", timesSlower: 1.6 },
  ],
  ...callers("same-tick", burst),
};

async function burst(session) {
  const start = performance.now();
  const sums = await (session.addAll
    ? session.addAll(pairs())
    : Promise.all(pairs().map(([a, b]) => session.add(a, b))));
  const took = performance.now() - start;
  if (sums.length !== calls || sums.at(-1) !== calls) throw new Error("A wrong answer");
  return (took * 1000) / calls;
}

const pairs = () => Array.from({ length: calls }, (_, index) => [index, 1]);
