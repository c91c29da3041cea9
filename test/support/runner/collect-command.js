/**
 * The server's half of `collectEverywhere()`: collects garbage in the page's process and in that of every frame in it,
 * which `gc()` called by the page does not reach.
 */
export function collectCommand() {
  return {
    name: "collect",
    async executeCommand({ command, session }) {
      if (command !== "collect") return undefined;
      const page = session.browser.getPage(session.id);
      // A frame of another process has a DevTools session of its own; Puppeteer knows it, but leaves it out of its types.
      const clients = new Set(page.frames().map((frame) => frame.client));
      await Promise.all([...clients].map((client) => client.send("HeapProfiler.collectGarbage").catch(() => {})));
      return true;
    },
  };
}
