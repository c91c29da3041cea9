import { statSync, openSync, readSync, closeSync } from "node:fs";

/**
 * The server's half of `watchBrowser()`: what a page cannot see of its own browser. `{ start: true }` begins; without it, says
 * which dialogs were opened since, how many windows (which it closes), and which names the browser wanted the address of, as
 * its network log has it.
 * @param {string} netLog where the browser writes that log
 */
export function watchCommand(netLog) {
  const watches = new WeakMap();
  return {
    name: "watch-browser",
    async executeCommand({ command, session, payload }) {
      if (command !== "watch-browser") return undefined;
      const page = session.browser.getPage(session.id);
      if (!watches.has(page)) watches.set(page, await watch(page));
      const { dialogs, windows } = watches.get(page);
      if (payload.start) watches.get(page).from = statSync(netLog).size;
      const closing = windows.splice(0);
      await Promise.all(closing.map((each) => each.close().catch(() => {})));
      return { dialogs, windows: closing.length, lookups: lookupsIn(netLog, watches.get(page).from) };
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
  return { dialogs, windows, from: 0 };
}

/** Names that a request for an address was made of, in what was logged from that offset on. */
function lookupsIn(netLog, from) {
  const buffer = Buffer.alloc(statSync(netLog).size - from);
  const file = openSync(netLog);
  readSync(file, buffer, 0, buffer.length, from);
  closeSync(file);
  return [
    ...new Set(
      Array.from(buffer.toString().matchAll(/"(?:host|hostname|qname)":"(?:\w+:\/\/)?([\w.-]+)/g), ([, host]) => host.replace(/\.$/, "")),
    ),
  ];
}
