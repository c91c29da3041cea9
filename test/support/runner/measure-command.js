const wanted = new Set(["Documents", "Frames", "JSEventListeners", "Nodes", "JSHeapUsedSize"]);

/**
 * The server's half of `measure()`: what the engine counts in the page's own process, and in the one that its sandboxed
 * frames share, each after a collection; nothing where the engine tells nobody.
 */
export function measureCommand() {
  return {
    name: "measure",
    async executeCommand({ command, session }) {
      if (command !== "measure") return undefined;
      const { browser, id } = session;
      if (!browser.measure) return {}; // an answer, which null is not
      const { page, frames } = await browser.measure(id);
      return { page: pick(page), frames: frames && pick(frames) };
    },
  };
}

const pick = (metrics) => Object.fromEntries(Object.entries(metrics).filter(([name]) => wanted.has(name)));
