const wanted = ["Documents", "Frames", "JSEventListeners", "Nodes", "JSHeapUsedSize", "Resources"];

/**
 * The server's half of `measure()`: what the engine counts in the page's own process, after a collection. Frames that are
 * isolated in processes of their own are counted as frames of the page, but their documents are not.
 */
export function measureCommand() {
  return {
    name: "measure",
    async executeCommand({ command, session }) {
      if (command !== "measure") return undefined;
      const page = session.browser.getPage(session.id);
      const client = await page.createCDPSession();
      try {
        await client.send("Performance.enable");
        await client.send("HeapProfiler.collectGarbage");
        const { metrics } = await client.send("Performance.getMetrics");
        const counts = Object.fromEntries(metrics.filter(({ name }) => wanted.includes(name)).map(({ name, value }) => [name, value]));
        return { ...counts, targets: page.browser().targets().length, workers: page.workers().length, pageFrames: page.frames().length };
      } finally {
        await client.detach();
      }
    },
  };
}
