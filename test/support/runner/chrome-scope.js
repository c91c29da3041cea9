/**
 * Evaluates in the scope of Firefox itself, in its first window, which `--remote-allow-system-access` lets one reach.
 * @param {import("puppeteer-core").Page} page any of that Firefox
 * @param {string} expression its value is a text, or of no interest
 * @returns {Promise<string | undefined>}
 */
export async function inChromeScope(page, expression) {
  const { connection } = page.browser(); // Puppeteer has it, but leaves it out of its types
  const { result } = await connection.send("browsingContext.getTree", { "moz:scope": "chrome", maxDepth: 0 });
  const answer = await connection.send("script.evaluate", {
    expression,
    target: { context: result.contexts[0].context },
    awaitPromise: false,
  });
  const { type, exceptionDetails, result: value } = answer.result;
  if (type === "exception") throw new Error(exceptionDetails.text);
  return value.value;
}
