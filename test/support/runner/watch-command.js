import { statSync, openSync, readSync, closeSync } from "node:fs";

/**
 * The server's half of `watchBrowser()`: what a page cannot see of its own browser. `{ start: true }` begins; without it, says
 * which dialogs were opened since, how many windows (which it closes), at which step the history of the page's window stands,
 * and which names the browser wanted the address of, as its network log has it.
 */
export function watchCommand() {
  const watches = new WeakMap();
  return {
    name: "watch-browser",
    async executeCommand({ command, session, payload }) {
      if (command !== "watch-browser") return undefined;
      const { netLog } = session.browser;
      const page = session.browser.getPage(session.id);
      if (!watches.has(page)) watches.set(page, await watch(page));
      const { dialogs, windows, client } = watches.get(page);
      if (payload.start) watches.get(page).from = statSync(netLog).size;
      const closing = windows.splice(0);
      await Promise.all(closing.map((each) => each.close().catch(() => {})));
      const { currentIndex, entries } = await client.send("Page.getNavigationHistory");
      const step = entries[currentIndex].id;
      return { dialogs, windows: closing.length, step, lookups: lookupsIn(netLog, watches.get(page).from) };
    },
  };
}

async function watch(page) {
  const dialogs = [];
  const windows = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss().catch(() => {});
  });
  page.browserContext().on("targetcreated", (target) => {
    if (target.type() === "page") windows.push({ close: async () => (await target.page())?.close() });
  });
  return { dialogs, windows, client: await page.createCDPSession(), from: 0 };
}

/** Bytes of the log that are looked at: those of a group of attacks are fewer. */
const MOST = 64 * 2 ** 20;

/** Names that a request for an address was made of, in what was logged from that offset on. */
function lookupsIn(netLog, since) {
  const { size } = statSync(netLog);
  const from = Math.max(Math.min(since, size), size - MOST);
  const buffer = Buffer.alloc(size - from);
  const file = openSync(netLog);
  readSync(file, buffer, 0, buffer.length, from);
  closeSync(file);
  return [
    ...new Set(
      Array.from(buffer.toString().matchAll(/"(?:host|hostname|qname)":"(?:\w+:\/\/)?([\w.-]+)/g), ([, host]) =>
        host.replace(/\.$/, ""),
      ),
    ),
  ];
}
