import { CLOSED, type Seal } from "../policy/index.js";
import type { Isolation } from "../unit/index.js";
import type { Domain } from "./domain.js";

/**
 * Keeps domains ready, because starting one takes several times as long as using it. A domain leaves the pool for one unit
 * and never comes back. The pool owns what is in it.
 */
export class Pool {
  readonly #sizes: Partial<Record<Isolation, number>>;
  readonly #open: (isolation: Isolation, signal: AbortSignal) => Promise<Domain>;
  readonly #warm = new Set<Domain>();
  readonly #starting = new Map<Promise<Domain>, { isolation: Isolation; cancel: AbortController }>();
  #isClosed = false;

  /** @param open opens a domain of which it is not known yet for whom it will be */
  constructor(
    sizes: Partial<Record<Isolation, number>>,
    open: (isolation: Isolation, signal: AbortSignal) => Promise<Domain>,
  ) {
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
   * Gives a domain away, one that is starting already where none is ready; the caller owns it from then on.
   * @returns undefined where there is none that can be closed the way `seal` says
   */
  take(isolation: Isolation, seal: Seal): Promise<Domain> | undefined {
    if (!canStillSeal(isolation, seal)) return undefined;
    const warm = [...this.#warm].find((domain) => domain.isolation === isolation);
    if (warm) {
      this.#warm.delete(warm);
      return Promise.resolve(warm);
    }
    const starting = [...this.#starting].find(([, of]) => of.isolation === isolation)?.[0];
    if (starting) this.#starting.delete(starting);
    return starting;
  }

  /** Closes what is warm and what is starting. `fill` starts anew. */
  empty(): void {
    for (const { cancel } of this.#starting.values()) cancel.abort();
    this.#starting.clear();
    for (const domain of this.#warm) domain.close(undefined);
    this.#warm.clear();
  }

  /** Empties the pool for good; resolves once nothing of it is left in the page. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const starting = [...this.#starting.keys()];
    this.empty();
    await Promise.allSettled(starting);
  }

  #count(isolation: Isolation): number {
    const warm = [...this.#warm].filter((domain) => domain.isolation === isolation).length;
    return warm + [...this.#starting.values()].filter((of) => of.isolation === isolation).length;
  }

  #start(isolation: Isolation): void {
    const cancel = new AbortController();
    const started = this.#open(isolation, cancel.signal);
    this.#starting.set(started, { isolation, cancel });
    started.then(
      (domain) => {
        if (cancel.signal.aborted) return void domain.close(undefined);
        // Whoever took it meanwhile is waiting for the same promise.
        if (!this.#starting.delete(started)) return;
        this.#warm.add(domain);
        void domain.lost.then(() => this.#warm.delete(domain) && domain.close(undefined));
      },
      // A domain that does not start fails the load that needs it, where somebody can be told.
      () => this.#starting.delete(started),
    );
  }
}

/**
 * Whether a domain that was opened for nobody in particular can be closed like this. A worker took its policy from its
 * frame when it was made, and a frame's features and sandbox are those of its element; a frame's policy can still be tightened.
 */
function canStillSeal(isolation: Isolation, seal: Seal): boolean {
  const isSameElement = seal.allow === CLOSED.allow && seal.sandbox === CLOSED.sandbox;
  return isSameElement && (isolation !== "worker" || seal.policy === CLOSED.policy);
}
