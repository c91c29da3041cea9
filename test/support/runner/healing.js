/** What a page or a browser gets to stop by itself before it is killed, in milliseconds. */
const patience = 5000;

/**
 * Makes a launcher outlive a page in an endless loop. The stock launchers wait for such a page, and every later file fails with
 * it; here the browser of a page that does not stop is killed, and the next file starts a new one. The runner itself names the
 * file, because its tests never finish.
 * @param {import("@web/test-runner").BrowserLauncher} launcher changed in place
 * @param {(session?: string) => unknown} kill ends the browser without asking it
 */
export function healing(launcher, kill) {
  const stopSession = launcher.stopSession.bind(launcher);
  launcher.stopSession = async (id) => {
    const result = await within(patience, stopSession(id));
    if (result) return result;
    await kill(id);
    return {};
  };

  const stop = launcher.stop.bind(launcher);
  launcher.stop = async () => {
    const stopped = await within(
      patience,
      stop().then(() => true),
    );
    if (!stopped) await kill();
  };
  return launcher;
}

/** @returns what the promise resolves to; undefined when it rejects or is late */
async function within(milliseconds, promise) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  const result = await Promise.race([promise.catch(() => undefined), late]);
  clearTimeout(timer);
  return result;
}
