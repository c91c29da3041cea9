import { READY, Told } from "../remoting/index.js";
import type { Isolation } from "../unit/index.js";
import { wallsDown, wallsIn } from "./start-failure.js";

/** Milliseconds for a frame's document to come, which is the network's business where it is a served one. */
const TO_LOAD = 30_000;
/** Milliseconds between a frame's `load` and its port; more means that its script was not allowed to run. */
const TO_ANSWER = 5_000;

/**
 * Waits for the port that a frame's document hands to the page. Only a message whose source is that very frame counts, and only
 * one of the origin that it has to be of.
 * @throws LeaseholdError "LoadError" (`wall-down`); Error that says what did not come; the abort signal's reason
 */
export function awaitPort(frame: HTMLIFrameElement, isolation: Isolation, signal: AbortSignal): Promise<MessagePort> {
  const cleanup = new AbortController();
  const listening = { signal: cleanup.signal };
  const waiting = new Promise<MessagePort>((resolve, reject) => {
    const within = (milliseconds: number, what: string) =>
      setTimeout(() => reject(new Error(`${what} within ${milliseconds} ms`)), milliseconds);
    let timer = within(TO_LOAD, "it did not load");
    cleanup.signal.addEventListener("abort", () => clearTimeout(timer));
    const onMessage = ({ source, origin, data, ports: [port] }: MessageEvent): void => {
      if (source === null || source !== frame.contentWindow) return;
      if (Array.isArray(data) && data[0] === Told.down) reject(wallsDown(wallsIn(data)));
      if (data !== READY || !port) return;
      if (isolation !== "realm" && origin !== "null") reject(wallsDown(["parent access"]));
      resolve(port);
    };
    const onLoad = (): void => {
      clearTimeout(timer);
      timer = within(TO_ANSWER, "its script did not answer");
    };
    addEventListener("message", onMessage, listening);
    frame.addEventListener("load", onLoad, listening);
    signal.addEventListener("abort", () => reject(signal.reason as Error), listening);
  });
  return waiting.finally(() => cleanup.abort());
}
