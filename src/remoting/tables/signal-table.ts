import { Notice, type Target } from "../wire/protocol.js";
import { Violation } from "../wire/violation.js";

interface Outgoing {
  /** Weakly: a signal that nobody can abort any more need not be known to the other side. */
  signal: WeakRef<AbortSignal>;
  count: number;
  /** Whether the other side has been told of it. */
  isAnnounced: boolean;
  /** What became of it; said once it is announced. */
  tell?: () => void;
  stop(): void;
}

/** Tells the other side what became of a signal. */
export type Tell = (notice: Notice, slot: Target, reason: unknown) => void;

/**
 * Signals that crossed and did not abort yet. They hold nothing loaded. This side's copy of one of the other side's lives
 * until that can abort no more, because whoever listens to it may have kept nothing but the listener.
 */
export class SignalTable {
  readonly #outgoing = new Map<Target, Outgoing>();
  readonly #slots = new WeakMap<AbortSignal, Target>();
  readonly #incoming = new Map<Target, AbortController>();
  readonly #collected = new FinalizationRegistry<Target>((slot) => this.#end(Notice.forget, slot, undefined));
  readonly #tell: Tell;
  #next = 0;
  #isOver = false;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  get outgoing(): number {
    return this.#outgoing.size;
  }

  get incoming(): number {
    return this.#incoming.size;
  }

  /** Counts one occurrence more of a signal of ours; returns its slot. */
  count(signal: AbortSignal): Target {
    const known = this.#slots.get(signal);
    const entry = known === undefined ? undefined : this.#outgoing.get(known);
    if (entry) {
      entry.count++;
      return known as Target;
    }
    const slot = this.#next++;
    // One that has aborted crosses as such, and there is no more to tell.
    if (!signal.aborted && !this.#isOver) this.#watch(slot, signal);
    return slot;
  }

  /** Takes an occurrence back that was not sent after all. */
  uncount(slot: Target): void {
    const entry = this.#outgoing.get(slot);
    if (entry && --entry.count === 0) this.#forget(slot);
  }

  /** An occurrence has been sent. */
  announce(slot: Target): void {
    const entry = this.#outgoing.get(slot);
    if (!entry) return;
    entry.isAnnounced = true;
    entry.tell?.();
  }

  /** Aborts the other side's copy of a signal, whatever becomes of the signal; used again, it crosses anew. */
  abort(slot: Target, reason: unknown): void {
    this.#end(Notice.abort, slot, reason);
  }

  /** The signal for one of the other side's. */
  receive(slot: Target): AbortSignal {
    let controller = this.#incoming.get(slot);
    if (!controller) this.#incoming.set(slot, (controller = new AbortController()));
    return controller.signal;
  }

  /** One of theirs has aborted, or never will. */
  end(notice: Notice, slot: Target, reason: unknown): void {
    const controller = this.#incoming.get(slot);
    if (!controller) throw new Violation("the end of a signal that it did not give");
    this.#incoming.delete(slot);
    if (notice === Notice.abort) controller.abort(reason);
  }

  /** Aborts the copies of theirs: whoever listens to one has nobody left to work for. */
  close(reason: unknown): void {
    this.#isOver = true;
    for (const slot of this.#outgoing.keys()) this.#forget(slot);
    const controllers = [...this.#incoming.values()];
    this.#incoming.clear();
    for (const controller of controllers) controller.abort(reason);
  }

  #watch(slot: Target, signal: AbortSignal): void {
    const onAbort = (event: Event): void => this.#end(Notice.abort, slot, (event.currentTarget as AbortSignal).reason);
    signal.addEventListener("abort", onAbort, { once: true });
    const weak = new WeakRef(signal);
    this.#slots.set(signal, slot);
    this.#outgoing.set(slot, {
      signal: weak,
      count: 1,
      isAnnounced: false,
      stop: () => weak.deref()?.removeEventListener("abort", onAbort),
    });
    this.#collected.register(signal, slot);
  }

  #end(notice: Notice, slot: Target, reason: unknown): void {
    const entry = this.#outgoing.get(slot);
    if (!entry || entry.tell) return;
    entry.stop();
    // Sent again from now on, it is another signal.
    const signal = entry.signal.deref();
    if (signal) this.#slots.delete(signal);
    entry.tell = () => {
      this.#forget(slot);
      this.#tell(notice, slot, reason);
    };
    if (entry.isAnnounced) entry.tell();
  }

  #forget(slot: Target): void {
    const entry = this.#outgoing.get(slot);
    this.#outgoing.delete(slot);
    entry?.stop();
    const signal = entry?.signal.deref();
    if (signal && this.#slots.get(signal) === slot) this.#slots.delete(signal);
  }
}
