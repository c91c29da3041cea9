interface Timer {
  at: number;
  callback: () => void;
}

/** Timers that stand still until a test lets time pass. */
export class Clock {
  readonly #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  readonly #timers = new Map<number, Timer>();
  #now = 0;
  #last = 0;

  /** Stands in for the platform's. */
  install(): void {
    globalThis.setTimeout = ((callback: () => void, milliseconds = 0) => {
      this.#timers.set(++this.#last, { at: this.#now + milliseconds, callback });
      return this.#last;
    }) as unknown as typeof setTimeout;
    globalThis.clearTimeout = ((id: number) => void this.#timers.delete(id)) as typeof clearTimeout;
  }

  uninstall(): void {
    Object.assign(globalThis, this.#real);
  }

  get size(): number {
    return this.#timers.size;
  }

  /** Whether there is nothing to run before time passes. */
  get isIdle(): boolean {
    return this.#due === undefined;
  }

  /** Runs the timer that is due, if any. */
  tick(): void {
    const due = this.#due;
    if (due === undefined) return;
    const timer = this.#timers.get(due);
    this.#timers.delete(due);
    timer?.callback();
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  get #due(): number | undefined {
    let due: [number, Timer] | undefined;
    for (const entry of this.#timers) if (entry[1].at <= this.#now && (!due || entry[1].at < due[1].at)) due = entry;
    return due?.[0];
  }
}
