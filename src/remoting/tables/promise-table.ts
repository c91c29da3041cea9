import type { Target } from "../wire/protocol.js";
import { isThenable } from "../values/thenable.js";
import { OutgoingTable } from "./outgoing-table.js";
import { Violation } from "../wire/violation.js";

/** Tells the other side what became of a promise. */
export type Settle = (slot: Target, settled: Settled) => void;

/** What became of a promise; `what` names it for people. */
export interface Settled {
  succeeded: boolean;
  value: unknown;
  what: string;
}

const ignoreError = (): void => {};

/** Promises that crossed, and did not settle yet: ours that the other side waits for, and theirs that this one does. */
export class PromiseTable {
  readonly #outgoing = new OutgoingTable();
  readonly #slots = new Map<Promise<unknown>, Target>();
  readonly #incoming = new Map<Target, PromiseWithResolvers<unknown>>();
  readonly #incomingSlots = new WeakMap<Promise<unknown>, Target>();
  readonly #settle: Settle;
  readonly #ignore: (slot: Target) => void;

  /** @param ignore tells the other side that a promise of its is not waited for any more */
  constructor(settle: Settle, ignore: (slot: Target) => void) {
    this.#settle = settle;
    this.#ignore = ignore;
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
   * @param onOver called with its result once the other side has been told that, or will not be
   */
  count(promise: Promise<unknown>, label = "a promise", onOver?: (value: unknown) => void): Target {
    const known = this.#slots.get(promise);
    if (known !== undefined) {
      this.#outgoing.count(known);
      return known;
    }
    const slot = this.#outgoing.enter(() => {
      if (this.#slots.get(promise) === slot) this.#slots.delete(promise);
    });
    if (this.#outgoing.has(slot)) this.#slots.set(promise, slot);
    this.#watch(slot, promise, `The result of ${label}`, onOver);
    return slot;
  }

  /** Whether the other side still has to hear of a promise of ours. */
  waits(slot: Target): boolean {
    return this.#outgoing.has(slot);
  }

  /** Takes an occurrence back that was not sent after all. */
  uncount(slot: Target): void {
    this.#outgoing.uncount(slot);
  }

  /** An occurrence has been sent. */
  announce(slot: Target): void {
    this.#outgoing.announce(slot);
  }

  /** The promise for one of the other side's. */
  receive(slot: Target): Promise<unknown> {
    let entry = this.#incoming.get(slot);
    if (!entry) {
      entry = Promise.withResolvers<unknown>();
      this.#incoming.set(slot, entry);
      this.#incomingSlots.set(entry.promise, slot);
      // Whether anybody minds that it rejects is known over there.
      entry.promise.catch(ignoreError);
    }
    return entry.promise;
  }

  /** Waits no more for a promise of theirs; it still settles, at once, unless it has already. */
  ignore(promise: Promise<unknown>): void {
    const slot = this.#incomingSlots.get(promise);
    if (slot !== undefined && this.#incoming.has(slot)) this.#ignore(slot);
  }

  /** One of ours is not waited for any more. It is settled for the other side, which so hears of each exactly once. */
  ignored(slot: Target): void {
    if (!this.#outgoing.has(slot)) return;
    this.#outgoing.forget(slot);
    this.#settle(slot, { succeeded: true, value: undefined, what: "" });
  }

  /** One of theirs has settled. */
  settle(slot: Target, succeeded: boolean, value: unknown): void {
    const entry = this.#incoming.get(slot);
    if (!entry) throw new Violation("the end of a promise that it did not give");
    if (succeeded && isThenable(value)) throw new Violation("the end of a promise that is none yet");
    this.#incoming.delete(slot);
    if (succeeded) entry.resolve(value);
    else entry.reject(value);
  }

  /** Nothing of theirs comes any more, and nothing of ours is sent. */
  close(reason: unknown): void {
    for (const { reject } of this.#incoming.values()) reject(reason);
    this.#incoming.clear();
    this.#outgoing.close();
  }

  #watch(slot: Target, promise: Promise<unknown>, what: string, onOver?: (value: unknown) => void): void {
    const settled = (succeeded: boolean, value: unknown): void => {
      if (!this.#outgoing.has(slot)) return onOver?.(value);
      this.#outgoing.end(slot, () => {
        this.#settle(slot, { succeeded, value, what });
        onOver?.(value);
      });
    };
    void promise.then(
      (value) => settled(true, value),
      (error: unknown) => settled(false, error),
    );
  }
}
