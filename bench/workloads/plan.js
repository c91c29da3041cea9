import { median } from "../report/statistics.js";
import { callers } from "./callers.js";

const elements = 10_000;
const operations = 3 * elements;

/** Round trips a round, of which the middle one is taken off. */
const roundTrips = 21;

/** Three calls for each element of a list that is over there: what an operation costs where no message is made of it. */
export const plan = {
  id: "plan",
  title: "Three calls mapped over 10,000 elements",
  unit: "µs per operation beyond one round trip",
  // Engines compile what is called often, and first collections of garbage find their measure.
  warmUp: 12,
  collects: true,
  rounds: 10,
  targets: [{ of: "Leasehold", atMost: 0.5 }],
  ...callers("plan", mapOver),
};

async function mapOver(session) {
  const roundTrip = await middleRoundTrip(session);
  const start = performance.now();
  const results = await session.plan();
  const took = performance.now() - start;
  if (results.length !== elements || !results.every((result, x) => result === 2 * (x + 1) - 3)) {
    throw new Error("A wrong answer");
  }
  return ((took - roundTrip) * 1000) / operations;
}

async function middleRoundTrip(session) {
  const times = [];
  for (let index = 0; index < roundTrips; index++) {
    const start = performance.now();
    await session.add(index, 1);
    times.push(performance.now() - start);
  }
  return median(times);
}
