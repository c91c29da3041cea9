/**
 * So much a second, or so much at once after a second of rest. It is full at first, what is taken out comes back with time, and what
 * it does not hold is too much.
 */
export class TokenBucket {
  readonly #size: number;
  readonly #clock: () => number;
  #tokens: number;
  #since: number;

  /**
   * @param perSecond also what it holds; Infinity holds everything
   * @param clock milliseconds that only grow
   */
  constructor(perSecond: number, clock: () => number = () => performance.now()) {
    this.#size = this.#tokens = perSecond;
    this.#clock = clock;
    this.#since = clock();
  }

  /**
   * Takes some out.
   * @returns how many it lacks; then nothing was taken
   */
  take(count: number): number {
    if (this.#size === Infinity) return 0;
    const now = this.#clock();
    this.#tokens = Math.min(this.#size, this.#tokens + ((now - this.#since) * this.#size) / 1000);
    this.#since = now;
    if (count > this.#tokens) return Math.ceil(count - this.#tokens);
    this.#tokens -= count;
    return 0;
  }
}
