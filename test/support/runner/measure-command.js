import { engineMetrics } from "../../../scripts/lib/engine-metrics.js";

const wanted = new Set(["Documents", "Frames", "JSEventListeners", "Nodes", "JSHeapUsedSize"]);

/**
 * The server's half of `measure()`: what the engine counts in the page's own process, and in the one that its sandboxed
 * frames share, each after a collection.
 */
export function measureCommand() {
  return {
    name: "measure",
    async executeCommand({ command, session }) {
      if (command !== "measure") return undefined;
      const page = session.browser.getPage(session.id);
      const main = page.mainFrame().client;
      // A frame of another process has a DevTools session of its own; Puppeteer knows it, but leaves it out of its types.
      const others = page.frames().map((frame) => frame.client);
      let frames;
      for (const client of others.filter((client) => client !== main)) {
        // One that was removed a moment ago may still be listed.
        frames ??= await metricsOf(client).catch(() => undefined);
      }
      return { page: await metricsOf(main), frames };
    },
  };
}

async function metricsOf(client) {
  return Object.fromEntries(Object.entries(await engineMetrics(client)).filter(([name]) => wanted.has(name)));
}
