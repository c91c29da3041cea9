/**
 * `npm run cycles`: loads, uses and unloads a megabyte of code over and over, and counts what is left. Writes docs/cycles.json,
 * docs/cycles.md and docs/cycles.svg. Fails when something is left, or the heap grows by more than its bound.
 *
 *     node bench/cycles/run.js [--cycles=150] [frame worker realm]
 *     node bench/cycles/run.js --draw
 *
 * With isolations named, their runs alone are replaced. With cycles named it only prints. `--draw` runs nothing: it writes the page
 * and the figure anew from docs/cycles.json.
 */
import { readFile, writeFile } from "node:fs/promises";
import { describePlace } from "../describe-place.js";
import { runInChromium } from "../in-chromium.js";
import { formatted } from "../report/formatted.js";
import { count } from "./count.js";
import { judge } from "./judge.js";
import { toMarkdown } from "./report/markdown.js";

const docs = new URL("../../docs/", import.meta.url);
const data = new URL("cycles.json", docs);
const page = new URL("cycles.md", docs);
const isolations = ["frame", "worker", "realm"];

const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith("--"));
const cycles = args.find((arg) => arg.startsWith("--cycles="))?.slice("--cycles=".length);
const unknown = named.find((name) => !isolations.includes(name));
if (unknown) throw new Error(`There is no isolation ${unknown}: ${isolations.join(", ")}.`);

const recorded = async () => JSON.parse(await readFile(data, "utf8"));
const report = args.includes("--draw") ? await recorded() : await measured();
const table = await formatted(toMarkdown(report), page);
if (!cycles) {
  await writeFile(data, `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(page, table);
  const { figure } = await runInChromium("/bench/cycles/page.html?draw");
  await writeFile(new URL("cycles.svg", docs), figure);
}
console.log(table);

const failures = report.runs.flatMap(failuresOf);
if (failures.length > 0) console.error(`It is not flat:\n${failures.join("\n")}`);
process.exit(failures.length > 0 ? 1 : 0);

async function measured() {
  const runs = [];
  let place;
  for (const isolation of named.length > 0 ? named : isolations) {
    const query = new URLSearchParams({ isolation, cycles: cycles ?? "1000" });
    const { chromium, ...run } = await runInChromium(`/bench/cycles/page.html?${query}`, {
      "/count": (endpoint) => count(endpoint, isolation),
    });
    place = describePlace(chromium);
    runs.push(run);
  }
  const isPart = named.length > 0 && !cycles;
  return { ...place, runs: isPart ? replaced((await recorded()).runs, runs) : runs };
}

/** All runs, with the new ones in the place of those of the same isolation. */
function replaced(all, fresh) {
  return all.map((old) => fresh.find(({ isolation }) => isolation === old.isolation) ?? old);
}

function failuresOf(run) {
  return judge(run)
    .filter(({ isKept }) => !isKept)
    .map(
      ({ by, title, start, early, late, perCycle }) =>
        `  ${run.isolation}, ${by}, ${title}: ${start} at first, ${early} after the first record, ${late} at last; ${perCycle} a cycle`,
    );
}
