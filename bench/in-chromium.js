import { once } from "node:events";
import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { findChromium } from "../scripts/lib/find-chromium.js";
import { launchOptions } from "../scripts/lib/launch-options.js";
import { serve } from "./server.js";

/** Minutes after which a page that posted nothing new is given up. */
const patience = 5;

/**
 * Opens a page of the repository in a fresh Chromium and waits for what it posts to `/result`.
 *
 * Puppeteer only opens the page: while it is connected, every new frame and worker waits for it, and none does for a user.
 * @param {string} address of the page, from the repository's root
 * @param {Record<string, (endpoint: string) => Promise<unknown>>} [answers] what else the page may ask for, by the path that
 *   it posts to; each is given the address by which Puppeteer can connect again
 * @returns {Promise<Record<string, any> & { chromium: string }>}
 */
export async function runInChromium(address, answers = {}) {
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
    else if (answers[pathname]) return answers[pathname](browser.wsEndpoint());
    else if (value.error) fail(new Error(value.error));
    else finish(value);
  });

  const browser = await puppeteer.launch(launchOptions(executable, ["--js-flags=--expose-gc"]));
  const child = browser.process();
  child.once("exit", () => fail(new Error("Chromium ended before its results came.")));
  try {
    const chromium = await browser.version();
    const [page] = await browser.pages();
    await page.goto(server.origin + address);
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
