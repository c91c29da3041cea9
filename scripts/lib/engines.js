import { existsSync, readdirSync } from "node:fs";
import { findChromium } from "./find-chromium.js";
import { onPath } from "./on-path.js";

/**
 * What the suite runs in.
 * @typedef {object} Engine
 * @property {string} title as people call it
 * @property {"chromium" | "firefox" | "webkit"} engine which expectations hold in it
 * @property {boolean} isolated whether a sandboxed frame has a process of its own, where the engine gives it one
 * @property {string[]} packages Debian's, that bring it
 * @property {() => any} find what its launcher needs to know; undefined where it is not installed
 * @property {(found: any) => Promise<import("@web/test-runner").BrowserLauncher>} launcher
 */

/** @param {boolean} isolated @returns {Engine} */
const chromium = (isolated) => ({
  title: isolated ? "Chromium" : "Chromium, one process",
  engine: "chromium",
  isolated,
  packages: ["chromium"],
  find: findChromium,
  async launcher(found) {
    const { chromiumLauncher } = await import("../../test/support/runner/chromium-launcher.js");
    return chromiumLauncher(found, { isolated });
  },
});

/** @type {Record<string, Engine>} by the name that commands take */
export const engines = {
  chromium: chromium(true),
  firefox: {
    title: "Firefox",
    engine: "firefox",
    isolated: true,
    packages: ["firefox-esr"],
    find: () => process.env.FIREFOX_PATH ?? onPath("firefox-esr") ?? onPath("firefox"),
    async launcher(found) {
      const { firefoxLauncher } = await import("../../test/support/runner/firefox-launcher.js");
      return firefoxLauncher(found);
    },
  },
  webkit: {
    title: "WebKit",
    engine: "webkit",
    isolated: true,
    packages: ["webkit2gtk-driver", "xvfb"],
    find: findWebKit,
    async launcher(found) {
      const { webKitLauncher } = await import("../../test/support/runner/webkit-launcher.js");
      return webKitLauncher(found);
    },
  },
  "chromium-one-process": chromium(false),
};

/**
 * The engine of a name.
 * @throws with the names that there are
 */
export function engineOf(/** @type {string} */ name) {
  if (Object.hasOwn(engines, name)) return engines[name];
  throw new Error(`There is no engine "${name}" here. There are: ${Object.keys(engines).join(", ")}.`);
}

/** Debian keeps WebKitGTK's small browser with the libraries of the machine's architecture. */
function findWebKit() {
  const driver = onPath("WebKitWebDriver");
  const browser = ["/usr/lib", "/usr/libexec"]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...readdirSync(folder).map((name) => `${folder}/${name}`)])
    .map((folder) => `${folder}/webkit2gtk-4.1/MiniBrowser`)
    .find((file) => existsSync(file));
  const display = process.env.DISPLAY ?? onPath("Xvfb");
  return driver && browser && display ? { driver, browser } : undefined;
}
