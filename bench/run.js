/**
 * `npm run bench`: measures in Chromium, prints the table, writes docs/bench.json and docs/bench.md.
 *
 *     node bench/run.js [--rounds=5] [same-tick single …]
 *
 * With workloads or rounds named it only prints, because a part of the table would replace the whole.
 */
import { readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import { format, resolveConfig } from "prettier";
import { runInChromium } from "./in-chromium.js";
import { toMarkdown } from "./report/markdown.js";
import { summarize } from "./report/summarize.js";

const root = new URL("../", import.meta.url);
const args = process.argv.slice(2);

const query = new URLSearchParams(args.filter((arg) => !arg.startsWith("--")).map((id) => ["only", id]));
const rounds = args.find((arg) => arg.startsWith("--rounds="));
if (rounds) query.set("rounds", rounds.slice("--rounds=".length));

const { chromium, results } = await runInChromium(query);
const report = {
  chromium: chromium.replace(/^\w+\//, "Chromium "),
  machine: `${os.availableParallelism()} cores, ${os.type()}`,
  compared: `Leasehold ${await version(root)}, Comlink ${await version(new URL("node_modules/comlink/", root))}`,
  summaries: results.map(summarize),
};
const page = new URL("docs/bench.md", root);
const table = await format(toMarkdown(report), { ...(await resolveConfig(page)), parser: "markdown" });
console.log(table);
if (query.size === 0) {
  await writeFile(new URL("docs/bench.json", root), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(page, table);
}
process.exit();

async function version(folder) {
  return JSON.parse(await readFile(new URL("package.json", folder), "utf8")).version;
}
