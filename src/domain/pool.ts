import type { Seal } from "../policy/index.js";
import type { Isolation } from "../unit/index.js";
import type { Domain } from "./domain.js";

/**
 * Keeps domains ready, because starting one takes several times as long as using it. A domain leaves the pool for one unit
 * and never comes back. The pool owns what is in it.
 */
export class Pool {
  readonly #sizes: Partial<Record<Isolation, number>>;
  readonly #open: (isolation: Isolation) => Promise<Domain>;
  readonly #warm = new Set<Domain>();
  readonly #starting = new Map<Promise<Domain | undefined>, Isolation>();
  #isClosed = false;

  constructor(sizes: Partial<Record<Isolation, number>>, open: (isolation: Isolation) => Promise<Domain>) {
    this.#sizes = sizes;
    this.#open = open;
  }

  /** Domains that are ready. */
  get size(): number {
    return this.#warm.size;
  }

  /** Starts what is missing, in the background. */
  fill(): void {
    for (const [isolation, size] of Object.entries(this.#sizes) as [Isolation, number][]) {
      for (let count = this.#count(isolation); count < size && !this.#isClosed; count++) this.#start(isolation);
    }
  }

  /**
   * Gives a domain away, waiting for one that is starting already; the caller owns it from then on.
   * @returns undefined where there is none that fits
   */
  async take(isolation: Isolation, seal: Seal): Promise<Domain | undefined> {
    for (;;) {
      const domain = [...this.#warm].find((one) => one.isolation === isolation && one.fits(seal));
      if (domain) this.#warm.delete(domain);
      if (domain) return domain;
      const started = [...this.#starting].find(([, of]) => of === isolation)?.[0];
      const candidate = started && (await started);
      if (!candidate?.fits(seal)) return undefined;
    }
  }

  /** Closes what is warm and what is still starting. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#starting.keys());
    for (const domain of this.#warm) domain.close(undefined);
    this.#warm.clear();
  }

  #count(isolation: Isolation): number {
    const warm = [...this.#warm].filter((domain) => domain.isolation === isolation).length;
    return warm + [...this.#starting.values()].filter((of) => of === isolation).length;
  }

  #start(isolation: Isolation): void {
    const started = this.#open(isolation).then(
      (domain) => {
        this.#starting.delete(started);
        this.#warm.add(domain);
        void domain.lost.then(() => this.#warm.delete(domain) && domain.close(undefined));
        return domain;
      },
      // A domain that does not start fails the load that needs it, where somebody can be told.
      () => void this.#starting.delete(started),
    );
    this.#starting.set(started, isolation);
  }
}
