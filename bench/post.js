/**
 * Posts to the bench server.
 * @param {string} path
 * @param {unknown} [value]
 * @returns {Promise<any>} what the script that started the page answers
 */
export async function post(path, value = null) {
  const response = await fetch(path, { method: "POST", body: JSON.stringify(value) });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return (await response.json()).answer;
}

/**
 * Ends the run of this page: with what `work` results in, or with its error.
 * @param {() => Promise<object>} work
 */
export async function postResult(work) {
  const result = await work().catch((error) => ({ error: error.stack ?? String(error) }));
  await post("/result", result);
}
