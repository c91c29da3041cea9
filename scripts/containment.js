/**
 * `npm run containment`: runs the attacks in Chromium, Firefox and WebKit, and writes docs/containment.md: which ways out there are, where
 * each is stopped, and what came of the tests of the protocol and of floods.
 *
 *     node scripts/containment.js
 *
 * Installs what it needs, where it may. Ends with 1 when a test fails, and writes nothing when a whole group of the platform's did not
 * run. It needs what `npm run build` has built.
 */
import { fileURLToPath } from "node:url";
import { attackFiles, attackResults } from "./lib/attacks.js";
import { engines } from "./lib/engines.js";
import { finish } from "./lib/finish.js";
import { installEngine } from "./lib/install-engine.js";
import { lanes } from "./lib/lanes.js";
import { runTests } from "./lib/run-tests.js";
import { writeContainment } from "./lib/write-containment.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const chosen = [engines.chromium, engines.firefox, engines.webkit];
for (const engine of chosen) await installEngine(engine);

const runs = [];
const sums = { passed: 0, failed: 0 };
for (const engine of chosen) {
  console.log(`\n${engine.title}\n`);
  const attacks = attackResults(engine);
  const { passed, failed } = await runTests(attackFiles(), { engine, lanes, onTest: attacks.onTest });
  sums.passed += passed;
  sums.failed += failed;
  runs.push(attacks);
}

const said = writeContainment(runs)
  ? "docs/containment.md is written"
  : "a group did not run, so docs/containment.md is as it was";
finish(`${sums.passed} passed, ${sums.failed} failed; ${said}.`, sums.failed === 0 && sums.passed > 0);
