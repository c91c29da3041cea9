import { whenCollected } from "../when-collected.js";

/** Collections that an object has to survive before engines look at it only in full ones. */
const YOUTH = 4;
/** Full collections after which what is left is held by somebody: one alone may leave what it found late. */
const ENOUGH = 2;

const collected = whenCollected<() => void>((next) => next());

/**
 * Watches whether something that was let go of stays in memory. No engine says so, but all call back for what they collect:
 *
 * 1. A probe that nobody holds shows by its end that young objects were collected. An elder survives some of these, held.
 * 2. The elder is let go of; its end shows that old objects were collected.
 * 3. What has survived that, too, though nobody of ours holds it, is held by somebody else.
 */
export class Retention {
  readonly #target: WeakRef<object>;
  #collections = 0;

  constructor(target: object) {
    this.#target = new WeakRef(target);
    this.#age({}, 0);
  }

  /** Whether it was there after full collections. */
  get isProven(): boolean {
    return this.#collections >= ENOUGH && this.#target.deref() !== undefined;
  }

  #age(elder: object, age: number): void {
    if (age === YOUTH) return this.#release(elder);
    collected.register({}, () => this.#age(elder, age + 1));
  }

  #release(elder: object): void {
    collected.register(elder, () => {
      if (++this.#collections < ENOUGH && this.#target.deref()) this.#age({}, 0);
    });
  }
}
