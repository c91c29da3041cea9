/**
 * The server's half of `collectEverywhere()`: collects garbage in the page's process and in that of every frame in it,
 * which nothing in the page reaches. Answers whether the engine lets itself be told to.
 */
export function collectCommand() {
  return {
    name: "collect",
    async executeCommand({ command, session }) {
      if (command !== "collect") return undefined;
      const { browser, id } = session;
      if (!browser.collect) return false;
      await browser.collect(id);
      return true;
    },
  };
}
