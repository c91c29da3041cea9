/**
 * `npm run containment`: runs the attacks, and writes docs/containment.md: which ways out there are, where each is stopped, and
 * what came of the tests of the protocol and of floods.
 *
 *     node scripts/containment.js
 *
 * Ends with 1 when a test fails. It needs what `npm run build` has built.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { containmentTable } from "./lib/containment-table.js";
import { runTests } from "./lib/run-tests.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const files = readdirSync("test/attacks", { recursive: true })
  .filter((name) => name.endsWith(".test.ts"))
  .sort()
  .map((name) => `test/attacks/${name}`);

/** Whether a test passed, by its full name. */
const results = new Map();
const totals = await runTests(files, ({ title, test }) => results.set(title, test.passed && !test.skipped));
writeFileSync("docs/containment.md", containmentTable(results));
console.log(`${totals.passed} passed, ${totals.failed} failed; docs/containment.md is written.`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);
