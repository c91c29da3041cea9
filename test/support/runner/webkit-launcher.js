import { Builder } from "selenium-webdriver";
import { healing } from "./healing.js";
import { webDriverInput } from "./webdriver-input.js";
import { watchWebKit } from "./watch-webkit.js";
import { webKitServer } from "./webkit-server.js";

/**
 * WebKitGTK for the test runner: its MiniBrowser by classic WebDriver, one page at a time.
 * @param {{ driver: string, browser: string }} executables of WebKitWebDriver and of MiniBrowser
 */
export function webKitLauncher({ driver, browser }) {
  const server = webKitServer(driver);
  /** @type {import("selenium-webdriver").WebDriver | undefined} */
  let window;
  let active;
  /** What watches the active page, if anything does. */
  let watching;

  const launcher = {
    name: "WebKit",
    type: "puppeteer", // what the runner's own input commands know; `getPage` answers in Puppeteer's words
    concurrency: 1,
    isActive: (id) => id === active,
    getBrowserUrl: () => window?.getCurrentUrl(),
    watch(id) {
      const driver = window;
      return (watching ??= watchWebKit(driver, () => id === active && driver === window));
    },
    getPage: () => webDriverInput(window),
    async startSession(id, url) {
      active = id;
      window ??= await new Builder()
        .usingServer(await server.start())
        .withCapabilities({
          browserName: "MiniBrowser",
          unhandledPromptBehavior: "ignore", // `watch` wants to read them
          "webkitgtk:browserOptions": {
            binary: browser,
            args: ["--automation", "--javascript-can-open-windows-automatically=true"],
          },
        })
        .build();
      await window.get(url);
    },
    async stopSession() {
      active = watching = undefined;
      await window.get("about:blank");
      return {};
    },
    async stop() {
      await window?.quit();
      await server.kill();
    },
    startDebugSession() {
      throw new Error("WebKit has no window to debug in here. Open the address in a browser of your own.");
    },
  };
  process.once("exit", () => server.kill());
  return healing(launcher, () => {
    window = active = watching = undefined;
    return server.kill();
  });
}
