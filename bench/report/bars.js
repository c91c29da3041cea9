import { number } from "./number.js";

/** What is left of this much of the limit is not drawn. */
const least = 0.1;

/**
 * What the figure shows of one workload: the bars of all contestants, and the targets, as multiples of the limit.
 * @param {object[]} row the summaries of one workload in every kind of domain
 */
export function toBars(row) {
  const bars = [];
  const targets = [];
  for (const { kind, limit, medians, timesLimit, targets: judged } of row) {
    const bounds = judged.map((target) => target.timesLimit);
    for (const [name, times] of Object.entries(timesLimit)) {
      const isOurs = name === "Leasehold";
      const ratio = Math.max(least, times);
      // The label stands to the right of all that is drawn in the row.
      const end = Math.max(1, ratio, ...(isOurs ? bounds : []));
      const label = `${number(medians[name])} · ${name === limit ? "the limit" : `${number(times)} ×`}`;
      bars.push({ kind, name, isOurs, ratio, end, label });
      if (isOurs) targets.push(...bounds.map((bound) => ({ kind, name, ratio: bound })));
    }
  }
  return { bars, targets };
}
