import type { Target } from "../wire/protocol.js";
import { Violation } from "../wire/violation.js";

interface Incoming extends PromiseWithResolvers<unknown> {
  promise: Promise<unknown>;
}

/** Tells the other side what became of a promise, if it has to hear of it when that leaves. */
export type Settle = (slot: Target, settled: Settled, isDue: () => boolean) => void;

/** What became of a promise; `what` names it for people. */
export interface Settled {
  succeeded: boolean;
  value: unknown;
  what: string;
}

const ignore = (): void => {};

/** Promises that crossed, and did not settle yet: ours that the other side waits for, and theirs that this one does. */
export class PromiseTable {
  readonly #outgoing = new Map<Target, { promise: Promise<unknown>; count: number }>();
  readonly #slots = new Map<Promise<unknown>, Target>();
  readonly #incoming = new Map<Target, Incoming>();
  readonly #settle: Settle;
  #next = 0;

  constructor(settle: Settle) {
    this.#settle = settle;
  }

  get outgoing(): number {
    return this.#outgoing.size;
  }

  get incoming(): number {
    return this.#incoming.size;
  }

  /**
   * Counts one occurrence more of a promise of ours; returns its slot.
   * @param label of what it is the result of
   */
  count(promise: Promise<unknown>, label = "a promise"): Target {
    let slot = this.#slots.get(promise);
    if (slot === undefined) {
      slot = this.#next++;
      this.#slots.set(promise, slot);
      this.#outgoing.set(slot, { promise, count: 0 });
      this.#watch(slot, promise, `The result of ${label}`);
    }
    (this.#outgoing.get(slot) as { count: number }).count++;
    return slot;
  }

  /** Takes an occurrence back that was not sent after all. */
  uncount(slot: Target): void {
    const entry = this.#outgoing.get(slot);
    if (entry && --entry.count === 0) this.#forget(slot);
  }

  /** The promise for one of the other side's. */
  receive(slot: Target): Promise<unknown> {
    let entry = this.#incoming.get(slot);
    if (!entry) {
      this.#incoming.set(slot, (entry = Promise.withResolvers<unknown>()));
      // Whether anybody minds that it rejects is known over there.
      entry.promise.catch(ignore);
    }
    return entry.promise;
  }

  /** One of theirs has settled. */
  settle(slot: Target, succeeded: boolean, value: unknown): void {
    const entry = this.#incoming.get(slot);
    if (!entry) throw new Violation("the end of a promise that it did not give");
    this.#incoming.delete(slot);
    if (succeeded) entry.resolve(value);
    else entry.reject(value);
  }

  /** Nothing of theirs comes any more, and nothing of ours is sent. */
  close(reason: unknown): void {
    for (const { reject } of this.#incoming.values()) reject(reason);
    this.#incoming.clear();
    this.#outgoing.clear();
    this.#slots.clear();
  }

  #watch(slot: Target, promise: Promise<unknown>, what: string): void {
    const done = (succeeded: boolean, value: unknown): void => {
      const isDue = (): boolean => {
        const isThere = this.#outgoing.has(slot);
        this.#forget(slot);
        return isThere;
      };
      // Sent again from now on, it is another promise.
      this.#slots.delete(promise);
      if (this.#outgoing.has(slot)) this.#settle(slot, { succeeded, value, what }, isDue);
    };
    void promise.then(
      (value) => done(true, value),
      (error: unknown) => done(false, error),
    );
  }

  #forget(slot: Target): void {
    const entry = this.#outgoing.get(slot);
    this.#outgoing.delete(slot);
    if (entry && this.#slots.get(entry.promise) === slot) this.#slots.delete(entry.promise);
  }
}
