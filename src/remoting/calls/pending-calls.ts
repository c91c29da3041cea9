import type { RemoteCall } from "./remote-call.js";

/** The calls of one end that were made and have not settled; each settles once, here, so that the count is always right. */
export class PendingCalls {
  /** By number of their first: an entry of its own for each of ten thousand calls would cost more than sending them. */
  readonly #chunks = new Map<number, RemoteCall[]>();
  /** Calls that cannot be sent yet, and those whose result did not come with their chunk's answer. */
  readonly #apart = new Set<RemoteCall>();
  readonly #onNone: () => void;
  readonly #onSome: () => void;
  #count = 0;

  /**
   * @param onSome called whenever there is one that counts, and was none
   * @param onNone called whenever none is left that counts
   */
  constructor(onSome: () => void, onNone: () => void) {
    this.#onSome = onSome;
    this.#onNone = onNone;
  }

  /** How many there are that count. */
  get size(): number {
    return this.#count;
  }

  /** Those that left; `queued` are the others. */
  all(queued: RemoteCall[]): RemoteCall[] {
    return [...this.#chunks.values()]
      .flat()
      .concat([...this.#apart], queued)
      .filter(({ isPending }) => isPending);
  }

  add(call: RemoteCall): void {
    call.isPending = true;
    if (call.isCounted && this.#count++ === 0) this.#onSome();
  }

  sent(first: number, calls: RemoteCall[]): void {
    this.#chunks.set(first, calls);
  }

  /** The chunk that begins with a number; undefined where none waits for an answer that does. */
  chunk(first: number): RemoteCall[] | undefined {
    return this.#chunks.get(first);
  }

  /** The chunk that begins with a number has been answered. */
  answered(first: number): void {
    this.#chunks.delete(first);
  }

  /** Keeps track of a call by itself, until it settles or is queued again. */
  park(call: RemoteCall): void {
    this.#apart.add(call);
  }

  unpark(call: RemoteCall): void {
    this.#apart.delete(call);
  }

  fulfill(call: RemoteCall, value: unknown): void {
    this.#settled(call);
    call.fulfill(value);
  }

  /** @param isHeard see `RemoteCall.fail` */
  fail(call: RemoteCall, error: unknown, isHeard = false): void {
    this.#settled(call);
    call.fail(error, isHeard);
  }

  /** Its result is kept over there. */
  kept(call: RemoteCall): void {
    this.#settled(call);
  }

  #settled(call: RemoteCall): void {
    if (!call.isPending) return;
    call.isPending = false;
    call.signals = undefined;
    if (this.#apart.size > 0) this.#apart.delete(call);
    if (call.isCounted && --this.#count === 0) this.#onNone();
  }
}
