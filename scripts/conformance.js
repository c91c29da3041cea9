/**
 * `npm run conformance`: runs the tests that were ported from other projects, and writes docs/conformance.md: what each of those
 * asserts, by which test this one does, and what came of it.
 *
 *     node scripts/conformance.js [--check]
 *
 * Ends with 1 when a case has neither a test nor a reason, when a test that it names does not exist, when a ported test is in no
 * case, or when a test fails. `--check` compares the names without running anything, and writes nothing. It needs what
 * `npm run build` has built.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { faultsOf, readCases } from "./lib/conformance-cases.js";
import { conformanceTable } from "./lib/conformance-table.js";
import { runTests } from "./lib/run-tests.js";
import { testNamesIn } from "./lib/test-names.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const cases = readCases();
const files = readdirSync("test/ported")
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => `test/ported/${name}`);
const known = files.flatMap(testNamesIn);

function report(faults) {
  if (faults.length > 0) console.error(`\n${faults.join("\n")}\n\nThe list of cases is in test/ported/cases.`);
  return faults.length > 0 ? 1 : 0;
}

async function run() {
  /** By full name: whether it passed. */
  const results = new Map();
  const totals = await runTests(files, {
    depth: "thorough",
    onTest: ({ title, test }) => results.set(title, test.passed && !test.skipped),
  });
  const faults = faultsOf(cases, [...results.keys()]);
  writeFileSync("docs/conformance.md", conformanceTable(cases, results));
  console.log(`${totals.passed} passed, ${totals.failed} failed; docs/conformance.md is written.`);
  return Math.max(report(faults), totals.failed > 0 ? 1 : 0);
}

const code = report(faultsOf(cases, known));
// What is wrong with the names is not worth a run.
process.exit(code || process.argv.includes("--check") ? code : await run());
