/**
 * `npm test`: makes sure there is a browser, builds, checks types, runs the suite in Chromium. It is quick, for what a person waits for;
 * `--thorough` does everything, and named files are done as a whole: see lib/test-files.js.
 *
 *     node scripts/test.js [--no-build] [--thorough] [--engine=firefox] [test/browser/some.test.ts …]
 *
 * The last line is always `N passed, N failed`, with `, N skipped` where any were. Ends with 0 only when at least one
 * test ran and none failed.
 */
import { buildChecked } from "./lib/build-checked.js";
import { engineOf } from "./lib/engines.js";
import { finish } from "./lib/finish.js";
import { installEngine } from "./lib/install-engine.js";
import { lanes } from "./lib/lanes.js";
import { runTests } from "./lib/run-tests.js";

const args = process.argv.slice(2);
const files = args.filter((arg) => !arg.startsWith("--"));
const engineName = args.find((arg) => arg.startsWith("--engine="))?.slice("--engine=".length) ?? "chromium";

async function main() {
  const engine = engineOf(engineName);
  await installEngine(engine); // before the build, so that a machine without one is told so at once
  await buildChecked();
  const depth = args.includes("--thorough") ? "thorough" : files.length > 0 ? "whole" : "quick";
  return runTests(files, { engine, lanes: files.length > 0 ? 1 : lanes, depth });
}

const totals = await main().catch((error) => {
  console.error(`\n${error.message}\n`);
  return { passed: 0, failed: 1, skipped: 0 };
});
const { passed, failed, skipped } = totals;
if (passed + failed === 0) console.error("No test ran.");
finish(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`, failed === 0 && passed > 0);
