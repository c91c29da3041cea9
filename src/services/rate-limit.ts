/** So many in so many ms. */
export interface Rate {
  count: number;
  /** Milliseconds. */
  per: number;
}

/** Counts what happened lately. */
export class RateLimit {
  readonly #rate: Rate;
  /** When each happened, the oldest first. */
  readonly #times: number[] = [];

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Counts one more, unless there are too many. @returns milliseconds to wait first; 0 where it was counted */
  take(now = performance.now()): number {
    const { count, per } = this.#rate;
    while (this.#times.length > 0 && (this.#times[0] as number) <= now - per) this.#times.shift();
    if (this.#times.length >= count) return (this.#times[0] ?? now) + per - now;
    this.#times.push(now);
    return 0;
  }
}
