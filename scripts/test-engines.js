/**
 * `npm run test:engines`: runs the whole suite in every engine, and in Chromium once more without the process isolation that its users
 * have; tries that a page which hangs is named and left behind; prints what each engine counts; writes docs/engines.md from that, and
 * from docs/engines.json, which has the last run of each engine, and docs/containment.md, where all of them were run.
 *
 *     node scripts/test-engines.js [--no-build] [--facts] [firefox webkit …]
 *
 * Installs what it needs, where it may. With names it runs those engines alone; with `--facts` no more than what the engines differ in,
 * which takes a minute. Ends with 0 only when none of them failed a test.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { attackResults } from "./lib/attacks.js";
import { buildChecked } from "./lib/build-checked.js";
import { engineVersion } from "./lib/engine-version.js";
import { enginesTable } from "./lib/engines-table.js";
import { engineOf, engines } from "./lib/engines.js";
import { finish } from "./lib/finish.js";
import { hangTest } from "./lib/hang-test.js";
import { installEngine } from "./lib/install-engine.js";
import { lanes } from "./lib/lanes.js";
import { runTests } from "./lib/run-tests.js";
import { testFiles } from "./lib/test-files.js";
import { writeContainment } from "./lib/write-containment.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const names = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const chosen = (names.length > 0 ? names : Object.keys(engines)).map((name) => [name, engineOf(name)]);
// All of them before the first test, so that a machine that lacks one is told so at once.
for (const [, engine] of chosen) await installEngine(engine);
await buildChecked();

const record = "docs/engines.json";
/** By the engine's name: what came of its last run. */
const known = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {};

const factsAlone = process.argv.includes("--facts");
const outcomes = [];
/** What came of the attacks, by engine. */
const attacked = [];
for (const [name, engine] of chosen) {
  console.log(`\n${engine.title}\n`);
  const facts = [];
  const files = factsAlone ? ["test/browser/engines.test.ts"] : testFiles("whole");
  const attacks = attackResults(engine);
  const totals = await runTests(files, {
    engine,
    lanes: factsAlone ? 1 : lanes,
    onFact: (fact) => facts.push(fact),
    onTest: attacks.onTest,
  });
  if (engine.isolated) attacked.push(attacks);
  const isHangNamed = await hangTest(engine);
  outcomes.push({ title: engine.title, totals, isHangNamed });
  const whole = factsAlone ? known[name]?.whole : totals;
  known[name] = { title: engine.title, version: await engineVersion(engine), whole, facts };
}

writeFileSync(record, `${JSON.stringify(known, null, 2)}\n`);
writeFileSync("docs/engines.md", enginesTable(Object.keys(engines).flatMap((name) => known[name] ?? [])));
if (!factsAlone && names.length === 0) writeContainment(attacked);

const lines = outcomes.map(
  ({ title, totals, isHangNamed }) =>
    `${title.padEnd(24)} ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped; a page that hangs is ` +
    (isHangNamed ? "named, and left behind" : "NOT named, or not left behind"),
);
const isGreen = outcomes.every(({ totals, isHangNamed }) => totals.failed === 0 && totals.passed > 0 && isHangNamed);
finish(`\n${lines.join("\n")}`, isGreen);
