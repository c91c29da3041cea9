import { LeaseholdError } from "../errors.js";

/** How many bytes of source one unit may still have. */
export class SourceBudget {
  readonly #limit: number;
  #spent = 0;

  /** @param limit in bytes */
  constructor(limit = Infinity) {
    this.#limit = limit;
  }

  /** @throws LeaseholdError "LimitExceededError" (`unit-too-large`) once it is more than the limit */
  spend(bytes: number, unit: string): void {
    this.#spent += bytes;
    if (this.#spent <= this.#limit) return;
    const message = `${unit} has more than ${this.#limit} bytes of source; raise limits.messageBytes, or make the unit smaller.`;
    throw new LeaseholdError("LimitExceededError", "unit-too-large", message, { unit });
  }

  /** As `spend`, for a text of which the bytes are not at hand. */
  spendText(text: string, unit: string): void {
    // No character has less than one byte, which spares encoding what is too large in any case.
    if (this.#spent + text.length > this.#limit) this.spend(text.length, unit);
    else if (this.#limit < Infinity) this.spend(new TextEncoder().encode(text).byteLength, unit);
  }
}
