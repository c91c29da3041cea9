import { median, ratio } from "./statistics.js";

/** What is measured as a difference of times can come to nothing, of which nothing is a multiple. */
const least = 1e-3;

/**
 * What one workload in one kind of domain came to.
 * @param {import("../workloads/index.js").Workload} workload
 * @param {string} kind
 * @param {Record<string, number[]>} samples by contestant
 */
export function summarize({ id, title, unit, limit, notes, targets }, kind, samples) {
  const entries = Object.entries(samples);
  const byContestant = (measure) => Object.fromEntries(entries.map(([name, values]) => [name, measure(values)]));
  return {
    id,
    title,
    unit,
    kind,
    limit,
    rounds: entries[0]?.[1].length ?? 0,
    medians: byContestant(median),
    timesLimit: samples[limit] ? byContestant((values) => ratio(values, atLeast(samples[limit]))) : {},
    ratios: entries
      .filter(([name]) => name !== "Leasehold" && samples.Leasehold)
      .map(([against, values]) => ({ against, timesAsLong: ratio(samples.Leasehold, atLeast(values)) })),
    targets: targets
      .filter(({ of, against }) => samples[of] && samples[against ?? limit])
      .map((target) => judge(target, samples, samples[limit] && atLeast(samples[limit]), unit)),
    notes,
  };
}

const atLeast = (values) => values.map((value) => Math.max(least, value));

/**
 * Whether a target was met; `timesLimit` is where it lies.
 * @param {import("../workloads/index.js").Target} target
 */
function judge({ of, against, timesFaster, timesSlower, atMost }, samples, limit, unit) {
  const other = samples[against];
  if (timesFaster !== undefined) {
    const measured = ratio(other, samples[of]);
    return {
      says: `at least ${timesFaster} × as fast as ${against}`,
      measured,
      measuredIn: "×",
      met: measured >= timesFaster,
      timesLimit: limit && ratio(other, limit) / timesFaster,
    };
  }
  if (timesSlower !== undefined) {
    const measured = ratio(samples[of], other);
    return {
      says: `at most ${timesSlower} × ${against}`,
      measured,
      measuredIn: "×",
      met: measured <= timesSlower,
      timesLimit: limit && ratio(other, limit) * timesSlower,
    };
  }
  const [symbol] = unit.split(" ");
  const measured = median(samples[of]);
  return {
    says: `at most ${atMost} ${symbol}`,
    measured,
    measuredIn: symbol,
    met: measured <= atMost,
    timesLimit: limit && atMost / median(limit),
  };
}
