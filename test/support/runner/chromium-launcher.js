import { existsSync, mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromeLauncher } from "@web/test-runner-chrome";
import { engineMetrics } from "../../../scripts/lib/engine-metrics.js";
import { launchOptions } from "../../../scripts/lib/launch-options.js";
import { healingPuppeteer } from "./healing-puppeteer.js";
import { watchPuppeteer } from "./watch-puppeteer.js";

/** A name, in the log of what the browser does on the network. */
const lookup = /"(?:host|hostname|qname)":"(?:\w+:\/\/)?([\w.-]+)/g;

/**
 * Chromium for the test runner, with a garbage collector that tests can call, and a log of what it does on the network.
 * @param {string} executablePath
 * @param {{ isolated?: boolean }} [options] false leaves sandboxed frames in the process of their page, as Puppeteer does by default
 */
export function chromiumLauncher(executablePath, { isolated = true } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "leasehold-chromium-"));
  const netLog = path.join(folder, "net-log.json");
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

  const flags = ["--js-flags=--expose-gc", `--log-net-log=${netLog}`];
  const launcher = chromeLauncher({ launchOptions: launchOptions(executablePath, flags, { isolated }) });
  const stopSession = launcher.stopSession.bind(launcher);
  launcher.stopSession = (id) => {
    // The browser goes on at its offset; what is before that takes no room any more.
    if (existsSync(netLog)) truncateSync(netLog);
    return stopSession(id);
  };

  // A frame of another process has a DevTools session of its own; Puppeteer knows it, but leaves it out of its types.
  const clientsOf = (id) =>
    new Set(
      launcher
        .getPage(id)
        .frames()
        .map((frame) => frame.client),
    );
  const watches = new WeakMap();
  async function watch(page) {
    const client = await page.createCDPSession();
    const step = async () => {
      const { currentIndex, entries } = await client.send("Page.getNavigationHistory");
      return entries[currentIndex].id;
    };
    const onWindow = (add) =>
      page.browserContext().on("targetcreated", (target) => {
        if (target.type() === "page") add(async () => (await target.page())?.close());
      });
    return watchPuppeteer(page, { log: netLog, lookup, onWindow, step });
  }

  return Object.assign(healingPuppeteer(launcher), {
    watch(id) {
      const page = launcher.getPage(id); // which goes from session to session
      if (!watches.has(page)) watches.set(page, watch(page));
      return watches.get(page);
    },
    collect: (id) =>
      Promise.all([...clientsOf(id)].map((client) => client.send("HeapProfiler.collectGarbage").catch(() => {}))),
    async measure(id) {
      const [main, ...others] = clientsOf(id);
      let frames;
      // One that was removed a moment ago may still be listed.
      for (const client of others) frames ??= await engineMetrics(client).catch(() => undefined);
      return { page: await engineMetrics(main), frames };
    },
  });
}
