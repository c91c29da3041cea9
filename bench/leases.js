/**
 * `npm run bench:leases`: what the ledger costs, in Chromium, from src/ and with diagnostics off. It prints, and writes nothing.
 *
 * There is nobody to compare with, so this is no workload of `npm run bench`.
 */
import puppeteer from "puppeteer-core";
import { build } from "vite";
import { findChromium } from "../scripts/lib/find-chromium.js";
import { launchOptions } from "../scripts/lib/launch-options.js";
import { median } from "./report/statistics.js";

const LEASES = 100_000;
const rounds = 15;

const browser = await puppeteer.launch(launchOptions(findChromium()));
try {
  const page = await browser.newPage();
  await page.evaluate(await bundled());
  const session = await page.createCDPSession();
  await page.evaluate(prepare);
  const usedBytes = async () => {
    await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize;
  };
  const samples = { take: [], bytes: [], ask: [], again: [], text: [] };
  for (let round = -3; round < rounds; round++) {
    await page.evaluate("open()");
    const before = await usedBytes();
    const take = await page.evaluate(`takeAll(${LEASES})`);
    const bytes = (await usedBytes()) - before;
    const { ask, text } = await page.evaluate("ask()");
    const { ask: again } = await page.evaluate("ask()");
    if (round < 0) continue;
    samples.take.push((take * 1000) / LEASES);
    samples.bytes.push(bytes / LEASES);
    samples.ask.push(ask);
    samples.again.push(again);
    samples.text.push(text);
  }
  const say = (what, values, unit, target) =>
    console.log(`${what.padEnd(44)} ${median(values).toPrecision(3).padStart(6)} ${unit}${target}`);
  say("Recording a lease", samples.take, "µs", ", at most 1");
  say("A lease in memory", samples.bytes, "bytes", ", at most 250");
  say("whyAlive() with 100,000 leases", samples.ask, "ms", ", less than 10");
  say("the same, asked again", samples.again, "ms", "");
  say("its text", samples.text, "ms", "");
} finally {
  await browser.close();
}

/** The ledger as a classic script that declares `lifetime`. */
async function bundled() {
  const { output } = await build({
    configFile: false,
    publicDir: false,
    logLevel: "error",
    build: {
      write: false,
      target: "esnext",
      rolldownOptions: {
        input: new URL("../src/lifetime/index.ts", import.meta.url).pathname,
        preserveEntrySignatures: "strict",
        output: { format: "iife", name: "lifetime", codeSplitting: false },
      },
    },
  });
  return `${output[0].code}; globalThis.lifetime = lifetime;`;
}

/** Declares, in the page, what is measured: leases of the page and of four other units on one unit. */
function prepare() {
  const { Collector, Ledger, Report } = globalThis.lifetime;
  const held = { letGo() {}, isCollected: false };
  let ledger, account, holders;
  globalThis.open = () => {
    const changed = () => collector.changed();
    ledger = new Ledger({ onTake() {}, onRelease: changed, onSettled: changed });
    const collector = new Collector(ledger);
    account = ledger.open("unit@1.0.0");
    holders = [undefined, ...["a", "b", "c", "d"].map((name) => ledger.open(`${name}@1.0.0`))];
    for (const each of ledger.accounts) each.take({ kind: "pin", label: each.unit });
  };
  globalThis.takeAll = (count) => {
    const start = performance.now();
    for (let index = 0; index < count; index++) {
      account.take({ kind: "instance", label: "Point", holder: holders[index % 5], held, isTracked: true });
    }
    return performance.now() - start;
  };
  globalThis.ask = () => {
    const start = performance.now();
    const report = new Report(account, ledger, { state: "unloading", isWilling: true });
    const asked = performance.now();
    if (report.holders.length <= 100_000 || report.release.length === 0) throw new Error("A wrong report");
    const length = String(report).length;
    return { ask: asked - start, text: length && performance.now() - asked };
  };
}
