import { LeaseholdError } from "../../errors.js";
import { whenCollected } from "../../when-collected.js";
import type { Parts } from "./parts.js";

const dropped = whenCollected<Part>((part) => part.release());

/** That somebody has a part of a builder. It never refers to the object that they have, so that this can be collected. */
export class Part {
  /** What a person calls it. */
  readonly label: string;
  /** What it was made through; it may have been released before. */
  readonly parent: Part | undefined;
  readonly #parts: Parts;
  readonly #owner: WeakRef<object>;
  #isReleased = false;

  constructor(owner: object, label: string, from: Part | Parts) {
    this.label = label;
    this.parent = from instanceof Part ? from : undefined;
    this.#parts = from instanceof Part ? from.#parts : from;
    this.#owner = new WeakRef(owner);
    dropped.register(owner, this, this);
    this.#parts.add(this);
  }

  /** The object that they have; undefined once it was collected. */
  get owner(): object | undefined {
    return this.#owner.deref();
  }

  get isReleased(): boolean {
    return this.#isReleased;
  }

  /** @throws LeaseholdError "InvalidStateError" (`released`) once it is */
  check(): void {
    if (!this.#isReleased) return;
    const { unit } = this.#parts;
    const message =
      `The builder of ${this.label} in ${unit} was released, or its callback has returned. ` +
      "Write what is to be written before that.";
    throw new LeaseholdError("InvalidStateError", "released", message, { unit });
  }

  /** Idempotent. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    dropped.unregister(this);
    this.#parts.delete(this);
  }
}
