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
  return Object.assign(healingPuppeteer(launcher), {
    /** In every content process, workers among them. */
    async collect(id) {
      const { connection } = launcher.getPage(id).browser(); // Puppeteer has it, but leaves it out of its types
      const { result } = await connection.send("browsingContext.getTree", { "moz:scope": "chrome", maxDepth: 0 });
      await connection.send("script.evaluate", {
        expression: 'Services.obs.notifyObservers(null, "child-gc-request")',
        target: { context: result.contexts[0].context },
        awaitPromise: false,
      });
    },
  });
}
