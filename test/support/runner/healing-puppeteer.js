import { healing } from "./healing.js";

/**
 * `healing` for what `chromeLauncher()` makes: Chromium and Firefox.
 * @param {ReturnType<import("@web/test-runner-chrome").chromeLauncher>} launcher
 */
export const healingPuppeteer = (launcher) =>
  healing(launcher, (id) => {
    const { browser } = launcher;
    if (id) launcher.activePages.delete(id);
    launcher.browser = launcher.browserContext = undefined;
    launcher.inactivePages = [];
    browser?.process()?.kill("SIGKILL"); // its renderers leave when it has gone
    void browser?.disconnect().catch(() => {});
  });
