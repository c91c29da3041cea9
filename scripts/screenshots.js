/**
 * `node scripts/screenshots.js`: drives the workbench as a person would, on the development server, and writes its
 * pictures to docs/. Builds the example units first where that is needed.
 */
import { mkdir, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { createServer } from "vite";
import { findChromium } from "./lib/find-chromium.js";
import { launchOptions } from "./lib/launch-options.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const largestPicture = 400_000;

/** @typedef {import("puppeteer-core").Page} Page */

/** A selector that goes through shadow roots, as Puppeteer writes them. */
const inside = (/** @type {string[]} */ ...parts) => parts.join(" >>> ");

const stage = "workbench-stage";
const primary = "button.primary:enabled";

/** @param {Page} page */
async function press(page, ...parts) {
  const button = await page.waitForSelector(inside("leasehold-workbench", ...parts), { visible: true });
  await button.click();
  await button.dispose();
}

/** @param {Page} page */
async function choose(page, name) {
  await page.evaluate((unit) => document.querySelector("leasehold-workbench").model.select(unit), name);
  await page.waitForFunction(
    (unit) => document.querySelector("leasehold-workbench").model.selectedItem?.name === unit,
    {},
    name,
  );
}

/** @param {Page} page */
async function install(page, name) {
  await choose(page, name);
  await press(page, stage, "workbench-unit-header", primary);
  await press(page, "workbench-review-dialog", primary);
  await page.waitForSelector(inside("leasehold-workbench", stage, "workbench-call-panel", primary));
}

/** @param {Page} page */
async function run(page) {
  await press(page, stage, "workbench-call-panel", primary);
  await page.waitForSelector(inside("leasehold-workbench", stage, "workbench-result-view", ".sheet"));
}

/** @param {Page} page */
async function unload(page) {
  await press(page, stage, "workbench-place-panel", "button:enabled:not(.danger)");
  await page.waitForSelector(inside("leasehold-workbench", stage, "workbench-receipt"));
}

/** Waits until the chart's view has been drawn at its full height. */
async function viewDrawn(page) {
  const frame = await page.waitForSelector(inside("leasehold-workbench", "workbench-view-panel", "iframe"), {
    visible: true,
  });
  await page.waitForFunction((element) => element.clientHeight > 300, {}, frame);
}

/** @param {Page} page */
async function picture(page, name, { width, height, theme }) {
  await page.setViewport({ width, height, deviceScaleFactor: 1 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  // Two frames: one for the new theme to be handed to the views, one for them to draw in it.
  await page.evaluate(
    () => new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(resolve)), 400)),
  );
  const path = `${root}docs/${name}.png`;
  await page.screenshot({ path });
  const { size } = await stat(path);
  if (size > largestPicture) throw new Error(`docs/${name}.png has ${size} bytes, more than ${largestPicture}.`);
  console.log(`docs/${name}.png ${size} bytes`);
}

await import("./build-units.js");
await mkdir(`${root}docs`, { recursive: true });
const server = await createServer({ root, logLevel: "warn", server: { port: 0 } });
await server.listen();
const browser = await puppeteer.launch(launchOptions(findChromium()));
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(server.resolvedUrls.local[0]);
  await page.waitForSelector(inside("leasehold-workbench", "workbench-unit-card"));

  for (const name of ["qrcode", "papaparse"]) {
    await install(page, name);
    await unload(page);
  }
  await install(page, "chart");
  await viewDrawn(page);
  await install(page, "marked");
  await run(page);
  await picture(page, "workbench-light", { width: 1440, height: 900, theme: "light" });
  await choose(page, "chart");
  await picture(page, "workbench-dark", { width: 1440, height: 900, theme: "dark" });
  await picture(page, "workbench-narrow", { width: 390, height: 844, theme: "light" });
  await unload(page);
} finally {
  await browser.close();
  await server.close();
}
