/**
 * The server's half of `watchBrowser()`: what a page cannot see of its own browser, as the browser's launcher tells it.
 * `{ start: true }` begins; without it, says which dialogs were opened since, how many windows (which it closes), at which step
 * the history of the page's window stands, and which names the browser wanted the address of, where it tells.
 */
export function watchCommand() {
  return {
    name: "watch-browser",
    async executeCommand({ command, session, payload }) {
      if (command !== "watch-browser") return undefined;
      const watch = await session.browser.watch(session.id);
      if (payload.start) watch.start();
      return watch.look();
    },
  };
}
