import { fileURLToPath } from "node:url";
import { chromeLauncher, puppeteerCore } from "@web/test-runner-chrome";
import { healingPuppeteer } from "./healing-puppeteer.js";

/**
 * Firefox for the test runner, by WebDriver BiDi, isolated as its users have it.
 * @param {string} executablePath
 */
export function firefoxLauncher(executablePath) {
  process.env.FIREFOX = executablePath;
  const launcher = chromeLauncher({
    puppeteer: puppeteerCore,
    launchOptions: {
      browser: "firefox",
      executablePath: fileURLToPath(new URL("firefox-isolated.sh", import.meta.url)),
      args: ["--remote-allow-system-access"], // lets `collect` reach the browser's own scope
    },
  });
  /** Runs an expression in the browser's own scope. */
  async function inBrowser(id, expression) {
    const { connection } = launcher.getPage(id).browser(); // Puppeteer has it, but leaves it out of its types
    const { result } = await connection.send("browsingContext.getTree", { "moz:scope": "chrome", maxDepth: 0 });
    const { context } = result.contexts[0];
    await connection.send("script.evaluate", { expression, target: { context }, awaitPromise: false });
  }

  const getPage = launcher.getPage.bind(launcher);
  launcher.getPage = (id) =>
    Object.assign(getPage(id), {
      /** What Puppeteer does by Chromium's protocol alone; of colours, which is what tests ask for. */
      async emulateMediaFeatures(features) {
        const { value } = features.find(({ name }) => name === "prefers-color-scheme");
        const preference = "layout.css.prefers-color-scheme.content-override";
        await inBrowser(id, `Services.prefs.setIntPref("${preference}", ${value === "dark" ? 0 : 1})`);
      },
    });

  return Object.assign(healingPuppeteer(launcher), {
    /** In every content process, workers among them. */
    collect: (id) => inBrowser(id, 'Services.obs.notifyObservers(null, "child-gc-request")'),
  });
}
