/**
 * `npm run bench`: measures in Chromium, prints the table, writes docs/bench.json, docs/bench.md and docs/bench.svg.
 *
 *     node bench/run.js [--rounds=5] [same-tick single …]
 *     node bench/run.js --draw
 *
 * With workloads named, their rows alone are replaced: each row is of one run. With rounds named it only prints; the same where
 * a contestant failed. `--draw` measures nothing: it draws docs/bench.svg anew from docs/bench.json.
 */
import { readFile, writeFile } from "node:fs/promises";
import { describePlace } from "./describe-place.js";
import { runInChromium } from "./in-chromium.js";
import { peers } from "./peers/index.js";
import { formatted } from "./report/formatted.js";
import { toMarkdown } from "./report/markdown.js";

const root = new URL("../", import.meta.url);
const args = process.argv.slice(2);

const query = new URLSearchParams(args.filter((arg) => !arg.startsWith("--")).map((id) => ["only", id]));
const rounds = args.find((arg) => arg.startsWith("--rounds="));
if (rounds) query.set("rounds", rounds.slice("--rounds=".length));
const draw = args.includes("--draw");
if (draw) query.set("draw", "");

const { chromium, summaries, failures, figure } = await runInChromium(`/bench/page.html?${query}`);
if (draw && figure) {
  await writeFile(new URL("docs/bench.svg", root), figure);
  process.exit();
}
const page = new URL("docs/bench.md", root);
const data = new URL("docs/bench.json", root);
const isPart = query.has("only");
const report = {
  ...describePlace(chromium),
  compared: (await Promise.all(peers.map(nameAndVersion))).filter(Boolean).join(", "),
  summaries: isPart && !rounds ? replaced(JSON.parse(await readFile(data, "utf8")).summaries, summaries) : summaries,
};
const table = await formatted(toMarkdown(report), page);
console.log(table);
if (failures.length > 0) {
  console.error(`${failures.length} failed, and nothing was written:\n\n${failures.join("\n\n")}`);
  process.exit(1);
}
if (!rounds) {
  await writeFile(data, `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(page, table);
  const whole = isPart ? (await runInChromium("/bench/page.html?draw")).figure : figure;
  await writeFile(new URL("docs/bench.svg", root), whole);
}
process.exit();

/** Of a peer that comes from a package; this library's own is the root. */
async function nameAndVersion(peer) {
  if (!peer.package) return undefined;
  const folder = peer.package === "leasehold" ? root : new URL(`node_modules/${peer.package}/`, root);
  const { version } = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
  return `${peer.name} ${version}`;
}

/** All summaries, with the new ones in the place of those of the same workload and domain. */
function replaced(all, fresh) {
  return all.map((old) => fresh.find(({ id, kind }) => id === old.id && kind === old.kind) ?? old);
}
