import type { Notice } from "../../../src/services/index.js";

/** What units say at the moment, the oldest first. */
export class Notices {
  readonly #changed: () => void;
  #shown: readonly Notice[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get shown(): readonly Notice[] {
    return this.#shown;
  }

  /** Shows a notice, in the place of what it said before. */
  show(notice: Notice): void {
    const index = this.#shown.findIndex(({ id }) => id === notice.id);
    if (index < 0) notice.signal.addEventListener("abort", () => this.#remove(notice.id), { once: true });
    this.#shown = index < 0 ? [...this.#shown, notice] : this.#shown.with(index, notice);
    this.#changed();
  }

  #remove(gone: string): void {
    this.#shown = this.#shown.filter(({ id }) => id !== gone);
    this.#changed();
  }
}
