/**
 * `npm run containment`: runs the attacks, and writes docs/containment.md: which ways out there are, where each is stopped, and
 * what came of the tests of the protocol and of floods.
 *
 *     node scripts/containment.js
 *
 * Ends with 1 when a test fails, and writes nothing when a whole group of the platform's did not run. It needs what `npm run build` has built.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { containmentResults } from "./lib/containment-results.js";
import { containmentTable } from "./lib/containment-table.js";
import { runTests } from "./lib/run-tests.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const files = readdirSync("test/attacks", { recursive: true })
  .filter((name) => name.endsWith(".test.ts"))
  .sort()
  .map((name) => `test/attacks/${name}`);

/** Whether a test passed, by its full name. */
const results = new Map();
const totals = await runTests(files, { onTest: ({ title, test }) => results.set(title, test.passed && !test.skipped) });
const groups = new Set(containmentResults(results).vectors.map(({ group }) => group));
const isWhole = groups.size === files.filter((name) => name.includes("/platform-")).length;
if (isWhole) writeFileSync("docs/containment.md", containmentTable(results));
const said = isWhole ? "docs/containment.md is written" : "a group did not run, so docs/containment.md is as it was";
console.log(`${totals.passed} passed, ${totals.failed} failed; ${said}.`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);
