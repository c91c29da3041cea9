import { median, ratio } from "./statistics.js";

/**
 * What one workload in one kind of domain came to.
 * @param {{ id: string, title: string, unit: string, kind: string, targets: object[], samples: Record<string, number[]> }} result
 */
export function summarize({ id, title, unit, kind, targets, samples }) {
  return {
    id,
    title,
    unit,
    kind,
    rounds: Object.values(samples)[0].length,
    medians: Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, median(values)])),
    ratios: Object.entries(samples)
      .filter(([name]) => name !== "Leasehold" && samples.Leasehold)
      .map(([against, values]) => ({ against, timesAsLong: ratio(samples.Leasehold, values) })),
    targets: targets
      .filter(({ of, against }) => samples[of] && samples[against])
      .map((target) => judge(target, samples)),
  };
}

function judge({ of, against, timesFaster, timesSlower }, samples) {
  if (timesFaster !== undefined) {
    const measured = ratio(samples[against], samples[of]);
    return { says: `at least ${timesFaster} × as fast as ${against}`, measured, met: measured >= timesFaster };
  }
  const measured = ratio(samples[of], samples[against]);
  return { says: `at most ${timesSlower} × ${against}`, measured, met: measured <= timesSlower };
}
