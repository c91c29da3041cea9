import { writeFileSync } from "node:fs";
import { attackFiles } from "./attacks.js";
import { containmentResults } from "./containment-results.js";
import { containmentTable } from "./containment-table.js";

/**
 * Writes docs/containment.md, unless a whole group of the platform's attacks did not run in one of the engines.
 * @param {ReturnType<typeof import("./attacks.js").attackResults>[]} runs by engine
 * @returns {boolean} whether it is written
 */
export function writeContainment(runs) {
  const groupCount = attackFiles().filter((name) => name.includes("/platform-")).length;
  const read = runs.map(({ title, results }) => ({ title, ...containmentResults(results) }));
  const isWhole = read.every(({ vectors }) => new Set(vectors.map(({ group }) => group)).size === groupCount);
  if (isWhole) writeFileSync("docs/containment.md", containmentTable(read));
  return isWhole;
}
