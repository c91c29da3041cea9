import { LeaseholdError } from "../errors.js";
import { READY } from "../remoting/index.js";

/** Milliseconds between a frame's `load` and its port; more means that its script was not allowed to run. */
const PATIENCE = 5_000;

/**
 * Waits for the port that a frame's document hands to the page. Only a message whose source is that very frame counts.
 * @throws LeaseholdError "LoadError" (`domain-blocked`); the abort signal's reason
 */
export function awaitPort(frame: HTMLIFrameElement, signal: AbortSignal): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const cleanup = new AbortController();
    const settle = (finish: () => void): void => {
      cleanup.abort();
      finish();
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    cleanup.signal.addEventListener("abort", () => clearTimeout(timer));
    const options = { signal: cleanup.signal };
    addEventListener(
      "message",
      ({ source, data, ports: [port] }: MessageEvent) => {
        if (source !== null && source === frame.contentWindow && data === READY && port) settle(() => resolve(port));
      },
      options,
    );
    frame.addEventListener("load", () => (timer = setTimeout(() => settle(() => reject(blocked())), PATIENCE)), options);
    signal.addEventListener("abort", () => settle(() => reject(signal.reason as Error)), options);
  });
}

function blocked(): LeaseholdError {
  return new LeaseholdError(
    "LoadError",
    "domain-blocked",
    "A domain's frame did not start. Most likely this page's Content Security Policy forbids inline script, which its frames " +
      "inherit: serve the library's frame.html from this site and pass its address as `frameUrl`.",
  );
}
