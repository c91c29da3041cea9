/**
 * `node scripts/screenshots.js`: drives the workbench as a person would, and opens the rules, on the development server, and writes
 * pictures of them to docs/. Builds the example units first where that is needed.
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

/**
 * Waits for something that can be seen. Puppeteer looks for it in every frame then; otherwise only after a mutation, and
 * it does not notice those inside shadow roots.
 * @param {Page} page
 * @param {string[]} path
 */
const see = (page, ...path) => page.waitForSelector(inside("leasehold-workbench", ...path), { visible: true });

/** @param {Page} page @param {string[]} path */
async function press(page, ...path) {
  const button = await see(page, ...path);
  await button?.click();
}

/** @param {Page} page @param {string} name */
async function choose(page, name) {
  await page.evaluate((unit) => document.querySelector("leasehold-workbench").model.select(unit), name);
}

/** @param {Page} page @param {string} name */
async function install(page, name) {
  await choose(page, name);
  await press(page, stage, "workbench-unit-header", primary);
  await press(page, "workbench-review-dialog", primary);
  await see(page, stage, "workbench-call-panel", primary);
}

/** @param {Page} page */
async function run(page) {
  await press(page, stage, "workbench-call-panel", primary);
  await see(page, stage, "workbench-result-view", ".sheet");
}

/** @param {Page} page */
async function unload(page) {
  await press(page, stage, "workbench-place-panel", "button:enabled:not(.danger)");
  await see(page, stage, "workbench-receipt");
}

/**
 * Waits until the chart's view has been drawn at its full height.
 * @param {Page} page
 */
async function viewDrawn(page) {
  const frame = await see(page, "unit-view", "iframe");
  await page.waitForFunction((element) => element.clientHeight > 300, {}, frame);
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {{ width: number, height: number, theme: "light" | "dark" }} look
 */
async function picture(page, name, { width, height, theme }) {
  await page.setViewport({ width, height, deviceScaleFactor: 1 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  // Nothing tells when a view in another process has been painted in its new theme.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const path = `${root}docs/${name}.png`;
  await page.screenshot({ path });
  const { size } = await stat(path);
  if (size > largestPicture) throw new Error(`docs/${name}.png has ${size} bytes, more than ${largestPicture}.`);
  console.log(`docs/${name}.png, ${size} bytes`);
}

await import("./build-units.js");
await mkdir(`${root}docs`, { recursive: true });
const server = await createServer({ root, logLevel: "warn", server: { port: 0, watch: null } });
await server.listen();
const browser = await puppeteer.launch(launchOptions(findChromium()));
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(server.resolvedUrls.local[0]);
  await see(page, "workbench-unit-card");

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

  await page.goto(new URL("examples/rules/index.html", server.resolvedUrls.local[0]).href);
  const condition = await page.waitForSelector("[aria-label='When discount applies']");
  await condition.click({ count: 3 });
  await page.keyboard.type("total >= 50");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.includes("4 functions"));
  await page.evaluate(() => {
    document.activeElement.blur();
    scrollTo(0, 0);
  });
  await picture(page, "rules-light", { width: 1100, height: 900, theme: "light" });
  await picture(page, "rules-dark", { width: 1100, height: 900, theme: "dark" });
} finally {
  await browser.close();
  await server.close();
}
