import { whenCollected } from "../../when-collected.js";
import { Notice, type Target } from "../wire/protocol.js";
import { OutgoingTable } from "./outgoing-table.js";
import { Violation } from "../wire/violation.js";

/** Tells the other side what became of a signal. */
export type Tell = (notice: Notice, slot: Target, reason: unknown) => void;

/**
 * Signals that crossed and did not abort yet. They hold nothing loaded. This side's copy of one of the other side's lives
 * until that can abort no more, because whoever listens to it may have kept nothing but the listener.
 */
export class SignalTable {
  readonly #outgoing = new OutgoingTable();
  readonly #slots = new WeakMap<AbortSignal, Target>();
  readonly #incoming = new Map<Target, AbortController>();
  readonly #collected = whenCollected<Target>((slot) => this.#end(Notice.forget, slot, undefined));
  readonly #tell: Tell;

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
    if (known !== undefined) {
      this.#outgoing.count(known);
      return known;
    }
    // One that has aborted crosses as such, and there is no more to tell.
    return signal.aborted ? this.#outgoing.reserve() : this.#watch(signal);
  }

  /** Takes an occurrence back that was not sent after all. */
  uncount(slot: Target): void {
    this.#outgoing.uncount(slot);
  }

  /** An occurrence has been sent. */
  announce(slot: Target): void {
    this.#outgoing.announce(slot);
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
    this.#outgoing.close();
    const controllers = [...this.#incoming.values()];
    this.#incoming.clear();
    for (const controller of controllers) controller.abort(reason);
  }

  /** The signal is held weakly: one that nobody can abort any more need not be known to the other side. */
  #watch(signal: AbortSignal): Target {
    const weak = new WeakRef(signal);
    const onAbort = (event: Event): void => this.#end(Notice.abort, slot, (event.currentTarget as AbortSignal).reason);
    const slot = this.#outgoing.enter(() => {
      const left = weak.deref();
      if (!left || this.#slots.get(left) !== slot) return;
      left.removeEventListener("abort", onAbort);
      this.#slots.delete(left);
    });
    if (this.#outgoing.has(slot)) {
      signal.addEventListener("abort", onAbort, { once: true });
      this.#slots.set(signal, slot);
      this.#collected.register(signal, slot);
    }
    return slot;
  }

  #end(notice: Notice, slot: Target, reason: unknown): void {
    this.#outgoing.end(slot, () => this.#tell(notice, slot, reason));
  }
}
