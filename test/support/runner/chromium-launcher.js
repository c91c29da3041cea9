import { existsSync, rmSync, truncateSync } from "node:fs";
import { chromeLauncher } from "@web/test-runner-chrome";
import { launchOptions } from "../../../scripts/lib/launch-options.js";

/** What a page or a browser gets to stop by itself before it is killed, in milliseconds. */
const patience = 5000;

/**
 * Chromium for the test runner, with a garbage collector that tests can call and a page that cannot hang the suite: the
 * stock launcher waits for a page in an endless loop, and every later file fails with it. Here the browser of a page
 * that does not stop is killed, and the next file starts a new one.
 * @param {string} executablePath
 * @param {string} netLog where it writes what it does on the network; what a file of tests has left in it goes when the file ends
 */
export function chromiumLauncher(executablePath, netLog) {
  const flags = ["--js-flags=--expose-gc", `--log-net-log=${netLog}`];
  const launcher = chromeLauncher({ launchOptions: launchOptions(executablePath, flags) });
  launcher.name = "Chromium";

  const stopSession = launcher.stopSession.bind(launcher);
  process.once("exit", () => rmSync(netLog, { force: true }));
  launcher.stopSession = async (id) => {
    // The browser goes on at its offset; what is before that takes no room any more.
    if (existsSync(netLog)) truncateSync(netLog);
    const result = await within(patience, stopSession(id));
    if (result) return result;
    launcher.activePages.delete(id);
    kill(launcher);
    return {};
  };

  const stop = launcher.stop.bind(launcher);
  launcher.stop = async () => {
    if (
      !(await within(
        patience,
        stop().then(() => true),
      ))
    )
      kill(launcher);
  };

  return launcher;
}

/** @returns what the promise resolves to; undefined when it rejects or is late */
async function within(milliseconds, promise) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  const result = await Promise.race([promise.catch(() => undefined), late]);
  clearTimeout(timer);
  return result;
}

function kill(launcher) {
  const { browser } = launcher;
  launcher.browser = launcher.browserContext = undefined;
  launcher.inactivePages = [];
  browser?.process()?.kill("SIGKILL"); // its renderers leave when it has gone
  void browser?.disconnect().catch(() => {});
}
