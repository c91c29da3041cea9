const script = "/__web-dev-server__web-socket.js";
const clone = "structuredClone(obj)";

/**
 * Has the runner's page send results of any kind. By itself it cannot send what an assertion compared where that was an element, a
 * remote or a function, and then the file never ends.
 */
export const sendableResults = () => ({
  name: "sendable-results",
  transform({ path, body }) {
    if (path !== script) return undefined;
    if (!body.includes(clone)) throw new Error(`${script} has changed: see ${import.meta.url}.`);
    return { body: `${body.replace(clone, "sendable(obj)")}\n${sendable.toString()}` };
  },
});

/** A copy in which there is text in the place of whatever cannot be copied, or lies too deep. Runs in the page. */
function sendable(value, depth = 0) {
  try {
    return structuredClone(value);
  } catch {
    const inner = (each) => sendable(each, depth + 1);
    const isPlain = typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
    if (depth < 40 && Array.isArray(value)) return value.map(inner);
    if (depth < 40 && isPlain)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inner(each)]));
    return Object.prototype.toString.call(value);
  }
}
