import { createHost } from "/dist/leasehold.js";
import { postResult } from "../post.js";
import { within } from "../within.js";
import { loadBare } from "./bare-graph.js";
import { createGraph } from "./graph.js";

const query = new URLSearchParams(location.search);
const size = Number(query.get("units"));
const rounds = Number(query.get("rounds"));

/** Rounds that come first and do not count. */
const warmUp = 3;

async function run() {
  const graph = createGraph(size);
  const samples = { leasehold: [], empty: [], bare: [] };
  for (let round = -warmUp; round < rounds; round++) {
    const times = {
      leasehold: await load(graph, graph.root, (unit) => unit.total(), graph.total),
      empty: await load(graph, { code: "export const total = () => 1;" }, (unit) => unit.total(), 1),
      bare: await loadBare(graph),
    };
    if (round >= 0) for (const [who, time] of Object.entries(times)) samples[who].push(time);
  }
  return samples;
}

/** Milliseconds from `load` to the first result, in a warm worker. */
async function load({ resolve }, source, call, expected) {
  const host = createHost({ pool: { frame: 0, worker: 1 }, resolve });
  await within(30, isWarm(host));
  const start = performance.now();
  const unit = await host.load(source, { isolation: "worker" });
  const result = await call(unit.exports);
  const took = performance.now() - start;
  const { units } = host.stats();
  await host.dispose();
  if (result !== expected) throw new Error(`Leasehold answered ${result}`);
  if (units !== (expected === 1 ? 1 : size)) throw new Error(`${units} units were linked.`);
  return took;
}

async function isWarm(host) {
  while (host.stats().warm < 1) await new Promise((tick) => setTimeout(tick, 5));
}

await postResult(run);
