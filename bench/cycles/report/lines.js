import { judge } from "../judge.js";
import { valueOf } from "../quantities.js";
import { growth } from "./words.js";

/** What the figure shows, one row for each; `names` are added up. */
export const rows = [
  { title: "Heap", unit: "MB", names: ["heap"], height: 120 },
  { title: "Documents", names: ["documents"] },
  { title: "Frames", names: ["frames"] },
  { title: "JavaScript realms", names: ["realms"] },
  { title: "Workers", names: ["workers"] },
  { title: "Event listeners", names: ["listeners"] },
  { title: "Message ports", names: ["ports"], by: ["page"] },
  { title: "Blobs", names: ["blobs"], by: ["all"] },
  {
    title: "The host's own count of units, frames, workers, URLs, ports and leases",
    names: ["units", "frames", "workers", "urls", "ports", "leases"],
    by: ["host"],
  },
];

const places = { page: "in the page", frames: "in its frames", all: "anywhere", host: "in all" };

/**
 * The lines of one row in the panel of one run: for each place where it is counted a point a record, and labels for its end.
 * @param {{ isolation: string, records: object[] }} run
 * @param {typeof rows[number]} row
 */
export function linesOf(run, { names, by = ["page", "frames"] }) {
  const judged = judge(run);
  return by.flatMap((place) => {
    const quantities = judged.filter((quantity) => quantity.by === place && names.includes(quantity.name));
    if (quantities.length === 0) return [];
    const [{ isHeap }] = quantities;
    const points = run.records.map((record) => {
      const sum = quantities.reduce((total, quantity) => total + valueOf(record, quantity), 0);
      return { isolation: run.isolation, by: place, cycles: record.cycles, value: isHeap ? sum / 1e6 : sum };
    });
    const last = points.at(-1).value;
    const labels = [`${isHeap ? last.toFixed(2) : last} ${places[place]}`];
    if (isHeap) labels.push(`+ ${growth(quantities[0])} a cycle`.replace("+ -", "− "));
    return [{ isolation: run.isolation, by: place, points, labels }];
  });
}
