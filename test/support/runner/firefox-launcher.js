import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromeLauncher, puppeteerCore } from "@web/test-runner-chrome";
import { inChromeScope } from "./chrome-scope.js";
import { healingPuppeteer } from "./healing-puppeteer.js";
import { watchPuppeteer } from "./watch-puppeteer.js";

/** A name, in the log of Firefox's host resolver. */
const lookup = /Resolving host \[([\w.-]+)\]/g;

/** At which step the session history of a page's tab stands, the steps of the frames in it among them. */
const stepOf = (page) => `(() => {
  const isIt = ({ linkedBrowser }) => linkedBrowser.currentURI.spec === ${JSON.stringify(page.url())};
  const tabs = [...Services.wm.getEnumerator("navigator:browser")].flatMap(({ gBrowser }) => gBrowser.tabs);
  const { sessionHistory } = tabs.find(isIt).linkedBrowser.browsingContext;
  const idOf = (entry) => [entry.ID, ...Array.from({ length: entry.childCount }, (_, at) => entry.GetChildAt(at)).map((each) => each && idOf(each))];
  return JSON.stringify([sessionHistory.index, idOf(sessionHistory.getEntryAtIndex(sessionHistory.index))]);
})()`;

/**
 * Firefox for the test runner, by WebDriver BiDi, isolated as its users have it, with a log of the names that it looks up.
 * @param {string} executablePath
 */
export function firefoxLauncher(executablePath) {
  const folder = mkdtempSync(path.join(tmpdir(), "leasehold-firefox-"));
  const log = path.join(folder, "log");
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const launcher = chromeLauncher({
    puppeteer: puppeteerCore,
    launchOptions: {
      browser: "firefox",
      executablePath: fileURLToPath(new URL("firefox-isolated.sh", import.meta.url)),
      args: ["--remote-allow-system-access"], // lets `collect` and `watch` reach the browser's own scope
      env: { ...process.env, FIREFOX: executablePath, MOZ_LOG: "sync,nsHostResolver:5", MOZ_LOG_FILE: log },
    },
  });

  const getPage = launcher.getPage.bind(launcher);
  launcher.getPage = (id) => {
    const page = getPage(id);
    return Object.assign(page, {
      /** What Puppeteer does by Chromium's protocol alone; of colours, which is what tests ask for. */
      async emulateMediaFeatures(features) {
        const { value } = features.find(({ name }) => name === "prefers-color-scheme");
        const preference = "layout.css.prefers-color-scheme.content-override";
        await inChromeScope(page, `Services.prefs.setIntPref("${preference}", ${value === "dark" ? 0 : 1})`);
      },
    });
  };

  const watches = new WeakMap();
  return Object.assign(healingPuppeteer(launcher), {
    /** In every content process, workers among them. */
    collect: (id) =>
      inChromeScope(launcher.getPage(id), 'Services.obs.notifyObservers(null, "child-gc-request")').then(() => {}),
    watch(id) {
      const page = launcher.getPage(id); // which goes from session to session
      if (!watches.has(page)) {
        const { connection } = page.browser(); // Puppeteer has it, but leaves it out of its types
        // Puppeteer's own event tells of frames as it does of windows.
        const onWindow = (add) =>
          connection.on("browsingContext.contextCreated", ({ parent, context }) => {
            if (parent === null) add(() => connection.send("browsingContext.close", { context }));
          });
        const step = () => inChromeScope(page, stepOf(page));
        watches.set(page, watchPuppeteer(page, { log: `${log}.moz_log`, lookup, onWindow, step }));
      }
      return watches.get(page);
    },
  });
}
