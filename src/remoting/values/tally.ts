import type { Target } from "../wire/protocol.js";
import type { Exporter } from "./encoding.js";

/** The references that were counted for one message: they are its own until it is sent, and can be given back. */
export class Tally {
  readonly #exporter: Pick<Exporter, "count" | "uncount" | "announce">;
  /** Kind of reference and slot, flat. */
  readonly #counted: number[] = [];

  constructor(exporter: Pick<Exporter, "count" | "uncount" | "announce">) {
    this.#exporter = exporter;
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
  }

  /** All of it has been sent. */
  announce(): void {
    for (let at = 0; at < this.#counted.length; at += 2) {
      this.#exporter.announce(this.#counted[at] as number, this.#counted[at + 1] as Target);
    }
  }
}
