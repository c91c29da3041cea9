/**
 * `npm run fuzz`: attacks a session's receiving side in Chromium by messages in which something is wrong, as
 * test/unit/hostile-messages.test.ts does, for longer. Prints the smallest attack that does harm, and its seed.
 *
 *     node scripts/fuzz.js [--messages=1000000] [--seed=1] [--pages=500]
 */
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { bundle } from "../bench/bundle.js";
import { findChromium } from "./lib/find-chromium.js";
import { launchOptions } from "./lib/launch-options.js";

const options = Object.fromEntries(process.argv.slice(2).map((arg) => arg.replace(/^--/, "").split("=")));
const messages = Number(options.messages ?? 1_000_000);
const first = Number(options.seed ?? Date.now() % 2 ** 31);
const pages = Number(options.pages ?? 500);

/** Milliseconds that a round may take, and the search for the smallest attack that does harm. */
const patience = 600_000;

const executable = findChromium();
if (!executable) throw new Error("No Chrome or Chromium was found. Run `npm test` once, or set CHROME_PATH.");
const code = await bundle(fileURLToPath(new URL("../test/unit/hostile/fuzzer.ts", import.meta.url)), "iife");
const browser = await puppeteer.launch({ ...launchOptions(executable), protocolTimeout: patience });
let failed = true;
let seed = first;
try {
  const [page] = await browser.pages();
  await page.addScriptTag({ content: code });
  await page.evaluate(async () => void (globalThis.fuzzer = await library.Fuzzer.open()));
  const began = performance.now();
  console.log(`seed ${first}, ${pages} pages a round`);
  for (let sent = 0, next = 0; ; seed++) {
    const start = performance.now();
    const result = await page.evaluate(attack, seed, pages);
    if (options.slow && performance.now() - start > Number(options.slow))
      console.log(`seed ${seed}: ${performance.now() - start} ms`);
    if (result.fault) {
      console.error(`Seed ${seed}: run again with --seed=${seed} --pages=${pages}. The smallest that does harm:`);
      console.error(`${JSON.stringify(result.fault.attack)}\n${result.fault.stack}`);
      break;
    }
    ({ sent } = result);
    failed = sent < messages;
    const seconds = Math.round((performance.now() - began) / 1000);
    if (sent >= next || !failed) {
      console.log(
        `${sent} wrong messages, ${result.closed} sessions closed, ${result.alive} not, ${seconds} s, up to seed ${seed}`,
      );
      next = sent + messages / 10;
    }
    if (!failed) break;
  }
} catch (error) {
  console.error(`Seed ${seed}: ${error.stack}`);
} finally {
  await browser.close();
}
process.exit(failed ? 1 : 0);

/** Runs in the page. */
async function attack(seed, pages) {
  const { fuzzer } = globalThis;
  const fault = await fuzzer.round(seed, pages);
  const { sent, closed, alive } = fuzzer;
  return { sent, closed, alive, fault: fault && { attack: fault.attack, stack: String(fault.error.stack) } };
}
