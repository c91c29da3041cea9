import type { Target } from "../wire/protocol.js";

interface Entry {
  /** Occurrences that were counted. */
  count: number;
  /** Whether the other side has been told of it. */
  isAnnounced: boolean;
  /** Says what became of it; once it is announced. */
  tell?: () => void;
  /** Has it be another thing when it is sent again. */
  detach(): void;
}

/**
 * Things of this side's whose end the other side hears of: each once, and never before it has heard of the thing itself. They are
 * counted per occurrence, so that what was not sent after all is forgotten. Slots are never used again.
 */
export class OutgoingTable {
  readonly #entries = new Map<Target, Entry>();
  #next = 0;
  #isOver = false;

  get size(): number {
    return this.#entries.size;
  }

  /** A slot for something that has ended already. */
  reserve(): Target {
    return this.#next++;
  }

  /**
   * Enters something that has occurred once; returns its slot.
   * @param detach called when it has ended, and when it is forgotten
   */
  enter(detach: () => void): Target {
    const slot = this.reserve();
    // What is met after the session is sent to nobody.
    if (!this.#isOver) this.#entries.set(slot, { count: 1, isAnnounced: false, detach });
    return slot;
  }

  has(slot: Target): boolean {
    return this.#entries.has(slot);
  }

  /** Counts one occurrence more. */
  count(slot: Target): void {
    const entry = this.#entries.get(slot);
    if (entry) entry.count++;
  }

  /** Takes an occurrence back that was not sent after all. */
  uncount(slot: Target): void {
    const entry = this.#entries.get(slot);
    if (entry && --entry.count === 0) this.forget(slot);
  }

  /** An occurrence has been sent. */
  announce(slot: Target): void {
    const entry = this.#entries.get(slot);
    if (!entry) return;
    entry.isAnnounced = true;
    entry.tell?.();
  }

  /** It has ended, which `tell` says to the other side; the first end counts. */
  end(slot: Target, tell: () => void): void {
    const entry = this.#entries.get(slot);
    if (!entry || entry.tell) return;
    entry.detach();
    entry.tell = () => {
      this.forget(slot);
      tell();
    };
    if (entry.isAnnounced) entry.tell();
  }

  forget(slot: Target): void {
    const entry = this.#entries.get(slot);
    this.#entries.delete(slot);
    entry?.detach();
  }

  /** Forgets everything, and takes in no more. */
  close(): void {
    this.#isOver = true;
    for (const slot of this.#entries.keys()) this.forget(slot);
  }
}
