const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/** Lets all microtasks run. */
export function microtasks(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(0);
  });
}

/** Timers that fire when a test says so, and not before. */
export class Timers {
  readonly #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  readonly #waiting = new Map<number, () => void>();
  #next = 1;

  /** Stands in for the platform's. */
  install(): void {
    globalThis.setTimeout = ((callback: () => void) => {
      this.#waiting.set(this.#next, callback);
      return this.#next++;
    }) as unknown as typeof setTimeout;
    globalThis.clearTimeout = ((id: number) => void this.#waiting.delete(id)) as typeof clearTimeout;
  }

  uninstall(): void {
    Object.assign(globalThis, this.#real);
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  fire(): void {
    const callbacks = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const callback of callbacks) callback();
  }
}
