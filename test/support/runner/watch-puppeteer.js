import { grownText, sizeOf } from "./grown-text.js";

/**
 * Watches what a page's browser does, for a browser that Puppeteer drives.
 * @param {import("puppeteer-core").Page} page
 * @param {object} engine
 * @param {string} engine.log the file that the browser logs to, which names it wants the address of
 * @param {RegExp} engine.lookup finds those names in it, in its first group
 * @param {(add: (close: () => Promise<unknown>) => void) => void} engine.onWindow tells of each window that is opened how to close it
 * @param {() => Promise<unknown>} engine.step at which step the history of the page's window stands
 */
export function watchPuppeteer(page, { log, lookup, onWindow, step }) {
  const dialogs = [];
  const windows = [];
  let from = 0;
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss().catch(() => {});
  });
  onWindow((close) => windows.push(close));
  return {
    start() {
      from = sizeOf(log);
    },
    async look() {
      const closing = windows.splice(0);
      await Promise.all(closing.map((close) => close().catch(() => {})));
      const names = Array.from(grownText(log, from).matchAll(lookup), ([, name]) => name.replace(/\.$/, ""));
      return { dialogs, windows: closing.length, step: await step(), lookups: [...new Set(names)] };
    },
  };
}
