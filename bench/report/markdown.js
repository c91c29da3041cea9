import { groupBy } from "./group-by.js";
import { number } from "./number.js";
import { row } from "./row.js";

/** The page that people read, from the data that docs/bench.json holds. */
export function toMarkdown({ chromium, compared, machine, summaries }) {
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench`; do not edit. Medians of several rounds in which all contestants take turns, so that the",
    "ratios hold where the times do not: yours will differ. Sandboxed frames run in a process of their own, as they do for",
    "users of Chrome.",
    "",
    `${chromium} on ${machine}. Compared: ${compared}.`,
    "",
    `![${alternative(summaries)}](bench.svg)`,
    "",
    row(["Workload", "Domain", "Who", "Median", "Leasehold against it", "Target"]),
    row(["---", "---", "---", "--:", "--:", "---"]),
    ...summaries.flatMap(rows),
    "",
    "## Notes",
    "",
    ...notes(summaries),
    "",
  ].join("\n");
}

function rows(summary) {
  return Object.entries(summary.medians).map(([name, value], index) =>
    row([
      index === 0 ? summary.title : "",
      index === 0 ? summary.kind : "",
      name,
      `${number(value)} ${summary.unit}`,
      ...(name === "Leasehold" ? ["", targets(summary)] : [against(summary, name), ""]),
    ]),
  );
}

function against({ ratios }, name) {
  const found = ratios.find((entry) => entry.against === name);
  if (!found) return "";
  const { timesAsLong } = found;
  return timesAsLong < 1 ? `${number(1 / timesAsLong)} × as fast` : `${number(timesAsLong)} × as long`;
}

function targets(summary) {
  return summary.targets
    .map(
      ({ says, measured, measuredIn, met }) =>
        `${met ? "✓ met" : "✗ falls short"}: ${says} (${number(measured)} ${measuredIn})`,
    )
    .join("; ");
}

/** What the figure shows in words, for those who do not see it. */
function alternative(summaries) {
  const found = [...byWorkload(summaries)].map(([title, each]) => {
    const times = each.flatMap(({ kind, timesLimit: { Leasehold } }) =>
      Leasehold === undefined ? [] : `${number(Leasehold)} × in a ${kind}`,
    );
    return `${title}: ${times.join(" and ")}`;
  });
  return `Bars: how many times as long as the limit each contestant takes. Leasehold: ${found.join("; ")}.`;
}

/** One entry a workload, as they are the same in frames and workers. */
function notes(summaries) {
  return [...byWorkload(summaries)]
    .filter(([, [{ notes }]]) => notes.length > 0)
    .map(([title, [{ notes }]]) => {
      const same = groupBy(notes, ({ says }) => says);
      const parts = [...same].map(([says, group]) => `${group.map(({ name }) => name).join(", ")}: ${says}.`);
      return `- **${title}.** ${parts.join(" ")}`;
    });
}

const byWorkload = (summaries) => groupBy(summaries, ({ title }) => title);
