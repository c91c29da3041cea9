/**
 * What the engine counts in the process of one DevTools session's target, after a collection.
 * @param {import("puppeteer-core").CDPSession} client
 * @returns {Promise<Record<string, number>>} under the engine's own names
 */
export async function engineMetrics(client) {
  await client.send("Performance.enable");
  await client.send("HeapProfiler.collectGarbage");
  const { metrics } = await client.send("Performance.getMetrics");
  await client.send("Performance.disable");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}
