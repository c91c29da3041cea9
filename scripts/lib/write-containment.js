import { writeFileSync } from "node:fs";
import { containmentResults } from "./containment-results.js";
import { containmentTable } from "./containment-table.js";
import { testFiles } from "./test-files.js";

/** The files of attacks, by their path from the project's root. */
export const attackFiles = () => testFiles("whole").filter((file) => file.startsWith("test/attacks/"));

/**
 * Writes docs/containment.md, unless a whole group of the platform's attacks did not run in one of the engines.
 * @param {{ title: string, results: Map<string, boolean> }[]} runs by engine: whether a test passed, by its full name
 * @returns {boolean} whether it is written
 */
export function writeContainment(runs) {
  const groupCount = attackFiles().filter((name) => name.includes("/platform-")).length;
  const read = runs.map(({ title, results }) => ({ title, ...containmentResults(results) }));
  const isWhole = read.every(({ vectors }) => new Set(vectors.map(({ group }) => group)).size === groupCount);
  if (isWhole) writeFileSync("docs/containment.md", containmentTable(read));
  return isWhole;
}
