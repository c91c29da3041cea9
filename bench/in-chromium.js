import { once } from "node:events";
import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { findChromium } from "../scripts/lib/find-chromium.js";
import { launchOptions } from "../scripts/lib/launch-options.js";
import { serve } from "./server.js";

/** Minutes after which a page that posted nothing new is given up. */
const patience = 5;

/**
 * Opens the bench page in a fresh Chromium and waits for its results.
 *
 * Puppeteer only opens the page: while it is connected, every new frame and worker waits for it, and none does for a user.
 * @param {URLSearchParams} query
 * @returns {Promise<{ chromium: string, summaries: object[], failures: string[], figure: string }>}
 */
export async function runInChromium(query) {
  if (!existsSync(new URL("../dist/leasehold.js", import.meta.url))) throw new Error("Run `npm run build` first.");
  const executable = findChromium();
  if (!executable) throw new Error("No Chrome or Chromium was found. Run `npm test` once, or set CHROME_PATH.");

  let finish, fail, timer;
  const finished = new Promise((resolve, reject) => ([finish, fail] = [resolve, reject]));
  const expectSomething = () => {
    clearTimeout(timer);
    timer = setTimeout(() => fail(new Error(`Nothing came from the page for ${patience} minutes.`)), patience * 60_000);
  };
  const server = await serve((pathname, value) => {
    expectSomething();
    if (pathname === "/progress") console.error(value);
    else if (value.error) fail(new Error(value.error));
    else finish(value);
  });

  const browser = await puppeteer.launch(launchOptions(executable, ["--js-flags=--expose-gc"]));
  const child = browser.process();
  child.once("exit", () => fail(new Error("Chromium ended before its results came.")));
  try {
    const chromium = await browser.version();
    const [page] = await browser.pages();
    await page.goto(`${server.origin}/bench/page.html?${query}`);
    await browser.disconnect();
    expectSomething();
    return { chromium, ...(await finished) };
  } finally {
    clearTimeout(timer);
    finished.catch(() => {}); // it fails again as Chromium ends
    child.kill();
    await once(child, "close");
    server.close();
  }
}
