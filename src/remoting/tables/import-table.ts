import type { Held, Lease, LeaseKind } from "../../lifetime/index.js";
import { whenCollected } from "../../when-collected.js";
import { handlerOf } from "../calls/handler.js";
import { Trait, type Target } from "../wire/protocol.js";

/**
 * Something of the other side's that is held here: by the page, by means of a proxy, and by those that it was lent to. It is there
 * until the last of them has let go.
 */
export class Import implements Held {
  readonly slot: Target;
  readonly traits: number;
  readonly name: string;
  /** Occurrences that were received and not released. */
  received = 0;
  /** Those of them that the page holds; none once it has let go. */
  share = 0;
  /** Those of the page's that nobody has asked for: they are kept for another session's other side, and hold nothing loaded. */
  aside = 0;
  /** Which proxy is the one in use: an earlier one may have been collected, or was let go of. */
  generation = 0;
  proxy: WeakRef<object> | undefined;
  lease: Lease | undefined;
  loans = 0;
  /** Calls that need it and are not sent yet: until they are, the other side is not told that it was let go of. */
  holds = 0;
  /** Has what stands for it here, a stream, end with the session. */
  end: ((reason: unknown) => void) | undefined;
  readonly #table: ImportTable;

  constructor(table: ImportTable, slot: Target, traits: number, name: string) {
    this.#table = table;
    this.slot = slot;
    this.traits = traits;
    this.name = name;
  }

  get isCollected(): boolean {
    return this.proxy !== undefined && this.proxy.deref() === undefined;
  }

  get kind(): LeaseKind {
    if (this.traits & Trait.stream) return "call";
    return this.traits & Trait.class ? "type" : this.traits & Trait.object ? "instance" : "callback";
  }

  letGo(): void {
    this.#table.release(this);
  }
}

export interface ImportTableOptions {
  /** The page begins to hold something; returns its lease, where there is a ledger. */
  onHold(entry: Import): Lease | undefined;
  /** So many occurrences of something are not held here any more. */
  onRelease(slot: Target, count: number): void;
}

/**
 * What this side holds of the other's. A proxy is held weakly: dropping it releases, in the end, what it stands for; releasing
 * it does so at once.
 */
export class ImportTable {
  /** While a chunk runs: how often what it has still to do will bring a remote that has been received with it. */
  countComing: ((remote: object) => number) | undefined;
  readonly #entries = new Map<Target, Import>();
  readonly #collected = whenCollected<{ entry: Import; generation: number }>(({ entry, generation }) => {
    if (this.isInUse(entry, generation)) this.release(entry);
  });
  readonly #options: ImportTableOptions;

  constructor(options: ImportTableOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Counts an occurrence that has come, and returns the proxy for it: the one that is there, or a new one. */
  receive(slot: Target, traits: number, name: string, create: (entry: Import) => object): object {
    let entry = this.#entries.get(slot);
    if (!entry) this.#entries.set(slot, (entry = new Import(this, slot, traits, name)));
    entry.received++;
    return this.acquire(entry, create);
  }

  /** Has the page hold something once more: returns the proxy for it. */
  acquire(entry: Import, create: (entry: Import) => object): object {
    entry.share++;
    this.#checkLease(entry);
    const existing = entry.proxy?.deref();
    if (existing) return existing;
    entry.generation++;
    const proxy = create(entry);
    entry.proxy = new WeakRef(proxy);
    this.#collected.register(proxy, { entry, generation: entry.generation }, entry);
    return proxy;
  }

  /** Whether the proxy of a generation is the one by which the page holds something. */
  isInUse(entry: Import, generation: number): boolean {
    return entry.share > 0 && entry.generation === generation && this.#has(entry);
  }

  /** The page lets go of all its occurrences, but for those that are still to come; idempotent. */
  release(entry: Import): void {
    if (entry.share === 0 || !this.#has(entry)) return;
    const proxy = entry.proxy?.deref();
    const coming = proxy ? (this.countComing?.(proxy) ?? 0) : 0;
    if (coming > 0) return this.#keep(entry, coming);
    entry.share = entry.aside = 0;
    entry.proxy = undefined;
    this.#checkLease(entry);
    // Only now: if that was the last lease, what the proxy keeps is needed for the finalizers, and the table has taken it.
    handlerOf(proxy)?.ended();
    this.#collected.unregister(entry);
    this.#checkUse(entry);
  }

  /** One occurrence holds nothing loaded from now on; `giveBack` lets go of it. */
  setAside(entry: Import): void {
    entry.aside++;
    this.#checkLease(entry);
  }

  /** Lets go of one occurrence, which nobody got to see. */
  giveBack(entry: Import, isAside: boolean): void {
    if (entry.share <= 1) return this.release(entry);
    entry.share--;
    if (isAside) entry.aside--;
    this.#checkLease(entry);
    if (entry.received === 1) return;
    entry.received--;
    this.#options.onRelease(entry.slot, 1);
  }

  /** Keeps something for whom it was lent to; returns how to end that, once. */
  lend(entry: Import): () => void {
    entry.loans++;
    return () => {
      entry.loans--;
      if (this.#has(entry)) this.#checkUse(entry);
    };
  }

  /** Keeps something over there, even if it is let go of here; returns how to end that, once. */
  hold(slot: Target): () => void {
    const entry = this.#entries.get(slot);
    if (!entry) return () => {};
    entry.holds++;
    return () => {
      entry.holds--;
      if (entry.holds === 0 && !this.#has(entry)) this.#options.onRelease(entry.slot, entry.received);
    };
  }

  /** What was held is there no more. */
  clear(reason: unknown): void {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const entry of entries) {
      this.#collected.unregister(entry);
      entry.lease?.release();
      entry.end?.(reason);
    }
  }

  /** What is held at a slot. */
  get(slot: Target): Import | undefined {
    return this.#entries.get(slot);
  }

  #keep(entry: Import, count: number): void {
    const released = Math.min(entry.share, entry.received) - count;
    if (released <= 0) return;
    entry.share -= released;
    entry.received -= released;
    this.#options.onRelease(entry.slot, released);
  }

  #checkLease(entry: Import): void {
    const { lease } = entry;
    if (entry.share <= entry.aside) {
      entry.lease = undefined;
      lease?.release();
    } else if (!lease) {
      const taken = this.#options.onHold(entry);
      // Whoever hears of it may revoke it at once.
      if (entry.share > 0) entry.lease = taken;
    }
  }

  #has(entry: Import): boolean {
    return this.#entries.get(entry.slot) === entry;
  }

  #checkUse(entry: Import): void {
    if (entry.share > 0 || entry.loans > 0) return;
    this.#entries.delete(entry.slot);
    if (entry.holds === 0) this.#options.onRelease(entry.slot, entry.received);
  }
}
