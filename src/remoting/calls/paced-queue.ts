import type { Queued } from "./outbox.js";
import { RemoteCall } from "./remote-call.js";

/** Costs of a message, and bytes that cost as much as an operation. */
const MESSAGE = 16;
const BYTES = 4096;

/** What has to leave together: from one position to another, both included. */
interface Knot {
  first: number;
  last: number;
}

/**
 * What waits to be sent, in order, where the other side is not to be given more at a time than it can do while it goes on answering
 * others: the rest leaves as it answers.
 */
export class PacedQueue {
  readonly #window: number;
  #items: Queued[] = [];
  /** Position of the first item. Each that was ever added has the next one. */
  #first = 0;
  readonly #positions = new Map<RemoteCall, number>();
  /** A call can start from the result of another in one message with it alone; in order, and apart. */
  readonly #knots: Knot[] = [];
  /** By number of their first operation: what messages cost that are not answered. */
  readonly #unanswered = new Map<number, number>();
  #cost = 0;
  #onLeft: { position: number; resolve: () => void }[] = [];

  /** @param window operations, about, that may be unanswered */
  constructor(window: number) {
    this.#window = window;
  }

  get items(): readonly Queued[] {
    return this.#items;
  }

  add(items: readonly Queued[]): void {
    for (const item of items) {
      const position = this.#first + this.#items.push(item) - 1;
      if (!(item instanceof RemoteCall)) continue;
      this.#positions.set(item, position);
      for (const need of item.needs ?? []) this.#tie(this.#positions.get(need), position);
    }
  }

  /** The last that were taken did not leave after all, and come first again. */
  putBack(items: readonly Queued[]): void {
    const all = [...items, ...this.#items];
    this.#items = [];
    this.#first -= items.length;
    this.#positions.clear();
    this.#knots.length = 0;
    this.add(all);
  }

  /** What leaves now, as one message; none where it has to wait. */
  take(): Queued[] {
    if (this.#items.length === 0 || this.#cost > this.#window / 2) return [];
    let end = Math.min(this.#first + this.#items.length, this.#first + this.#window - this.#cost);
    for (const { first, last } of this.#knots) if (first < end && last >= end) end = last + 1;
    const taken = this.#items.slice(0, end - this.#first);
    this.#items = this.#items.slice(end - this.#first);
    this.#first = end;
    for (const item of taken) if (item instanceof RemoteCall) this.#positions.delete(item);
    while ((this.#knots[0]?.last ?? Infinity) < end) this.#knots.shift();
    while ((this.#onLeft[0]?.position ?? Infinity) <= end) this.#onLeft.shift()?.resolve();
    return taken;
  }

  /** A message has left. */
  sent(first: number, calls: number, bytes: number): void {
    // One of notices alone is not answered.
    if (calls === 0) return;
    const cost = calls + MESSAGE + bytes / BYTES;
    this.#unanswered.set(first, cost);
    this.#cost += cost;
  }

  /** A message has been answered. */
  answered(first: number): void {
    this.#cost -= this.#unanswered.get(first) ?? 0;
    this.#unanswered.delete(first);
  }

  /** Resolves when all that is there now has left; undefined where nothing is. */
  left(): Promise<void> | undefined {
    if (this.#items.length === 0) return undefined;
    const position = this.#first + this.#items.length;
    return new Promise((resolve) => this.#onLeft.push({ position, resolve }));
  }

  /** Everything that has not left, which will not any more. */
  clear(): Queued[] {
    const items = this.#items;
    this.#items = [];
    this.#positions.clear();
    for (const { resolve } of this.#onLeft.splice(0)) resolve();
    return items;
  }

  #tie(need: number | undefined, position: number): void {
    if (need === undefined) return;
    let first = need;
    for (let knot = this.#knots.at(-1); knot && knot.last >= first; knot = this.#knots.at(-1)) {
      first = Math.min(first, knot.first);
      this.#knots.pop();
    }
    this.#knots.push({ first, last: position });
  }
}
