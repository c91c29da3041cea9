import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Host } from "../../../src/index.js";

const hostEvents = ["load", "unload", "lease", "release", "crash"] as const;
const interval = 1000;
const samplesKept = 60;

/** Reads a host's counters whenever it tells of a change, and its page's memory once a second while it can be seen. */
export class MeterReadings implements ReactiveController {
  counts: ReturnType<Host["stats"]> | undefined;
  /** Bytes, one sample a second; empty where the engine does not tell. */
  memory: readonly number[] = [];

  readonly #element: ReactiveControllerHost;
  readonly #host: () => Host;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(element: ReactiveControllerHost, host: () => Host) {
    this.#element = element;
    this.#host = host;
    element.addController(this);
  }

  hostConnected(): void {
    const host = this.#host();
    for (const type of hostEvents) host.addEventListener(type, this.#count);
    // Warm domains come and go without an event, and memory has none.
    this.#timer = setInterval(() => this.#sample(), interval);
    this.#sample();
  }

  hostDisconnected(): void {
    const host = this.#host();
    for (const type of hostEvents) host.removeEventListener(type, this.#count);
    clearInterval(this.#timer);
  }

  readonly #count = (): void => {
    this.counts = this.#host().stats();
    this.#element.requestUpdate();
  };

  #sample(): void {
    if (document.hidden) return;
    const bytes = usedBytes();
    if (bytes !== undefined) this.memory = [...this.memory.slice(1 - samplesKept), bytes];
    this.#count();
  }
}

// Only Chromium has it, and no type library does. It covers this page and same-process frames.
function usedBytes(): number | undefined {
  return (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize;
}
