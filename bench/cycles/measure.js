import { within } from "../within.js";
import { cycle } from "./cycle.js";
import { isBack } from "./judge.js";

/** Units that are loaded, used and unloaded side by side. */
const width = 5;

/** Cycles between two records. */
const step = 50;

/** Seconds that the cycles between two records may take. */
const patience = 200;

/** How often to look again, as what was let go may take more than one collection to go. */
const looks = 5;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Runs the cycles in this page, and records what is there before them and after every fifty.
 * @param {string} isolation
 * @param {number} cycles
 * @param {() => Promise<object>} count collects garbage, and tells what is there as seen from outside
 * @param {(line: string) => Promise<unknown>} tell
 */
export async function measure(isolation, cycles, count, tell) {
  const { createHost, release } = await import("/dist/leasehold.js");
  const host = createHost({ pool: { frame: 0, worker: 0, [isolation]: width } });
  if (isolation !== "realm") await addAnchor();

  const records = [];
  const receipts = {};
  let spent = 0;
  for (let done = 0; ; done += step) {
    const record = { cycles: done, ...(await settled(host, count, records[0])) };
    records.push(record);
    await tell(`${isolation}, after ${done} cycles: ${JSON.stringify(record)}`);
    if (done >= cycles) break;
    const start = performance.now();
    for (let number = done; number < done + step; number += width) {
      const lanes = Array.from({ length: width }, (_, lane) => cycle(host, release, isolation, number + lane));
      for (const released of await within(patience, Promise.all(lanes))) add(receipts, released);
    }
    spent += performance.now() - start;
  }
  await host.dispose();
  return { isolation, width, milliseconds: spent / records.at(-1).cycles, receipts, records };
}

/** What is there once nobody is loaded and the pool is full; the last of several looks where there is more than at first. */
async function settled(host, count, first) {
  for (let look = 1; ; look++) {
    while (host.stats().warm < width) await pause(5);
    const found = { ...(await count()), host: { ...host.stats() } };
    if (look === looks || !first || isBack(found, first)) return found;
    await pause(50);
  }
}

function add(total, released) {
  for (const [name, count] of Object.entries(released)) total[name] = (total[name] ?? 0) + count;
}

function addAnchor() {
  const anchor = document.createElement("iframe");
  anchor.sandbox.add("allow-scripts");
  anchor.hidden = true;
  anchor.src = "anchor.html";
  document.body.append(anchor);
  return new Promise((resolve) => anchor.addEventListener("load", resolve, { once: true }));
}
