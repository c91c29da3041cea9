import { Trait, type Target } from "../wire/protocol.js";

/** Something of the other side's that this one holds. */
export interface Import {
  readonly slot: Target;
  readonly traits: number;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Occurrences that were received and not released. */
  received: number;
  /** Which proxy is the one in use: an earlier one may have been collected. */
  generation: number;
  proxy: WeakRef<object>;
  /** Calls that need it and are not sent yet: until they are, the other side is not told that it was let go of. */
  holds: number;
  /** Has what stands for it here, a stream, end with the session. */
  end?: (reason: unknown) => void;
}

/** What is held of the other side, as data. */
export interface ImportInfo {
  kind: "type" | "callback" | "instance";
  label: string;
  since: number;
}

/**
 * What this side holds of the other's. A proxy is held weakly: dropping it releases, in the end, what it stands for; releasing
 * it does so at once.
 */
export class ImportTable {
  readonly #entries = new Map<Target, Import>();
  readonly #collected = new FinalizationRegistry<{ entry: Import; generation: number }>(({ entry, generation }) => {
    if (this.#entries.get(entry.slot) === entry && entry.generation === generation) this.release(entry);
  });
  readonly #onRelease: (slot: Target, received: number) => void;

  constructor(onRelease: (slot: Target, received: number) => void) {
    this.#onRelease = onRelease;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Counts an occurrence that has come, and returns the proxy for it: the one that is there, or a new one. */
  receive(slot: Target, traits: number, name: string, create: (entry: Import) => object): object {
    let entry = this.#entries.get(slot);
    if (!entry) {
      entry = {
        slot,
        traits,
        name,
        since: Date.now(),
        received: 0,
        generation: 0,
        proxy: undefined as never,
        holds: 0,
      };
      this.#entries.set(slot, entry);
    }
    entry.received++;
    const existing = entry.proxy?.deref();
    if (existing) return existing;
    const proxy = create(entry);
    entry.generation++;
    entry.proxy = new WeakRef(proxy);
    this.#collected.register(proxy, { entry, generation: entry.generation }, entry);
    return proxy;
  }

  /** Whether an entry is still held. */
  has(entry: Import): boolean {
    return this.#entries.get(entry.slot) === entry;
  }

  /** Lets go of all occurrences; idempotent. */
  release(entry: Import): void {
    if (!this.has(entry)) return;
    this.#entries.delete(entry.slot);
    this.#collected.unregister(entry);
    if (entry.holds === 0) this.#onRelease(entry.slot, entry.received);
  }

  /** Keeps something over there, even if it is let go of here; returns how to end that, once. */
  hold(slot: Target): () => void {
    const entry = this.#entries.get(slot);
    if (!entry) return () => {};
    entry.holds++;
    return () => {
      entry.holds--;
      if (entry.holds === 0 && !this.has(entry)) this.#onRelease(entry.slot, entry.received);
    };
  }

  /** Lets go of one occurrence, which nobody got to see. */
  giveBack(entry: Import): void {
    if (!this.has(entry)) return;
    if (entry.received === 1) return this.release(entry);
    entry.received--;
    this.#onRelease(entry.slot, 1);
  }

  describe(): ImportInfo[] {
    return [...this.#entries.values()].map(({ traits, name, since }) => {
      const kind = traits & Trait.class ? "type" : traits & Trait.object ? "instance" : "callback";
      return { kind, label: name, since };
    });
  }

  /** What was held is there no more. */
  clear(reason: unknown): void {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const entry of entries) {
      this.#collected.unregister(entry);
      entry.end?.(reason);
    }
  }

  /** What is held at a slot. */
  get(slot: Target): Import | undefined {
    return this.#entries.get(slot);
  }
}
