import { within } from "./within.js";

/** Seconds that opening, one run or closing may take. */
const patience = 60;

/**
 * Nobody pays for the garbage of who came before. Of the young generation alone: a full collection would also undo warming up. Where
 * latency is measured, the work that a collection leaves for later would be in the way.
 */
const collect = () => globalThis.gc?.({ type: "minor" });

/**
 * All contestants in every round, each round beginning with another of them: what slows the machine down for a while
 * then slows all of them down. A contestant that fails takes no further part, and has no samples.
 * @param {import("./workloads/index.js").Workload} workload
 * @param {string} kind
 * @param {number} rounds
 * @param {(name: string, error: unknown) => Promise<unknown>} failed
 * @returns {Promise<Record<string, number[]>>} what was measured, by contestant
 */
export async function measure(workload, kind, rounds, failed) {
  const contestants = workload.contestants(kind).map(({ name, open }) => ({ name, open, samples: [] }));
  const attempt = async (contestant, action) => {
    try {
      return await within(patience, action());
    } catch (error) {
      contestant.failed = true;
      await failed(contestant.name, error);
    }
  };

  for (const contestant of contestants) contestant.session = await attempt(contestant, contestant.open);
  const { warmUp = 2 } = workload;
  for (let round = 0; round < warmUp + rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const contestant = contestants[(round + turn) % contestants.length];
      if (contestant.failed) continue;
      if (workload.collects) collect();
      const value = await attempt(contestant, contestant.session.run);
      if (round >= warmUp) contestant.samples.push(value);
    }
  }
  for (const contestant of contestants) {
    if (contestant.session) await attempt(contestant, contestant.session.close);
  }
  return Object.fromEntries(contestants.filter((each) => !each.failed).map(({ name, samples }) => [name, samples]));
}
