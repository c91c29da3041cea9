import type { Target } from "../wire/protocol.js";
import type { Exporter } from "./encoding.js";

/** What one message refers to: it is the message's own until that is sent, and can be given back. */
export class Tally {
  readonly #exporter: Exporter;
  /** Kind of reference and slot, flat. */
  readonly #counted: number[] = [];
  /** Of what is the other side's own: it must not be let go of before the message has left. */
  readonly #holds: (() => void)[] = [];

  constructor(exporter: Exporter) {
    this.#exporter = exporter;
  }

  /** Keeps something of the other side's that the message names. */
  hold(slot: Target): void {
    this.#holds.push(this.#exporter.hold(slot));
  }

  /** Counts an occurrence; returns its slot. */
  count(ref: number, thing: object): Target {
    const slot = this.#exporter.count(ref, thing);
    this.#counted.push(ref, slot);
    return slot;
  }

  /** A place to come back to by `undo`. */
  mark(): number {
    return this.#counted.length;
  }

  /** Gives back what was counted since. */
  undo(mark = 0): void {
    const counted = this.#counted.splice(mark);
    for (let at = 0; at < counted.length; at += 2) {
      this.#exporter.uncount(counted[at] as number, counted[at + 1] as Target);
    }
    if (mark === 0) this.#letGo();
  }

  /** All of it has been sent. */
  announce(): void {
    for (let at = 0; at < this.#counted.length; at += 2) {
      this.#exporter.announce(this.#counted[at] as number, this.#counted[at + 1] as Target);
    }
    this.#letGo();
  }

  #letGo(): void {
    for (const letGo of this.#holds.splice(0)) letGo();
  }
}
