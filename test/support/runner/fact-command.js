/**
 * The server's half of `fact()`.
 * @param {(fact: { group: string, what: string, seen: boolean | string }) => void} onFact
 */
export const factCommand = (onFact) => ({
  name: "tell-fact",
  executeCommand({ command, payload }) {
    if (command !== "tell-fact") return undefined;
    onFact(payload);
    return true;
  },
});
