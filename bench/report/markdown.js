const number = (value) => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0));

const row = (cells) => `| ${cells.join(" | ")} |`;

/** The table that people read, from the data that docs/bench.json holds. */
export function toMarkdown({ chromium, compared, machine, summaries }) {
  const rows = summaries.flatMap((summary) =>
    Object.entries(summary.medians).map(([name, value], index) =>
      row([
        index === 0 ? summary.title : "",
        index === 0 ? summary.kind : "",
        name,
        `${number(value)} ${summary.unit}`,
        ...(name === "Leasehold" ? ["", targets(summary)] : [against(summary, name), ""]),
      ]),
    ),
  );
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench`; do not edit. Medians of several rounds in which all contestants take turns, so that the",
    "ratios hold where the times do not: yours will differ. Sandboxed frames run in a process of their own, as they do for",
    "users of Chrome.",
    "",
    `${chromium} on ${machine}. Compared: ${compared}.`,
    "",
    row(["Workload", "Domain", "Who", "Median", "Leasehold against it", "Target"]),
    row(["---", "---", "---", "--:", "--:", "---"]),
    ...rows,
    "",
  ].join("\n");
}

function against({ ratios }, name) {
  const found = ratios.find((entry) => entry.against === name);
  if (!found) return "";
  const { timesAsLong } = found;
  return timesAsLong < 1 ? `${number(1 / timesAsLong)} × as fast` : `${number(timesAsLong)} × as long`;
}

function targets(summary) {
  return summary.targets
    .map(({ says, measured, met }) => `${met ? "✓ met" : "✗ falls short"}: ${says} (${number(measured)} ×)`)
    .join("; ");
}
