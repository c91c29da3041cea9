import { LeaseholdError } from "../errors.js";
import type { Account, Held, Lease, LeaseEntry } from "../lifetime/index.js";
import { whenCollected } from "../when-collected.js";

/** What is sent to a unit is kept as long as somebody has something of that unit, and has not let go of it. */
const kept = new WeakMap<object, object | undefined>();
const dropped = whenCollected<Hold>((hold) => hold.release());

/**
 * The lease of an object that the page has, such as a handle. It ends when it is released, or when the object was collected; so it
 * never refers to the object.
 */
export class Hold implements Held {
  readonly lease: Lease;
  #isReleased = false;
  readonly #onRelease: (() => void) | undefined;
  #owner: WeakRef<object> | undefined;

  /** @param onRelease it is kept as long as the object is, which it must not refer to either */
  constructor(account: Account, entry: Omit<LeaseEntry, "held" | "site">, onRelease?: () => void) {
    this.#onRelease = onRelease;
    this.lease = account.take({ ...entry, held: this, site: account.site() });
  }

  /**
   * Holds while a question is answered that an object will be made of, so that the unit cannot go in between; and not at all where
   * that fails.
   */
  static async during<T>(
    account: Account,
    entry: Omit<LeaseEntry, "held" | "site">,
    ask: () => PromiseLike<T>,
  ): Promise<{ hold: Hold; answer: T }> {
    const hold = new Hold(account, entry);
    try {
      return { hold, answer: await ask() };
    } catch (error) {
      hold.release();
      throw error;
    }
  }

  get isCollected(): boolean {
    return this.#owner !== undefined && this.#owner.deref() === undefined;
  }

  /** Says whose it is. */
  giveTo(owner: object): void {
    kept.set(owner, this.lease.account.kept);
    this.#owner = new WeakRef(owner);
    dropped.register(owner, this, this);
  }

  /** @throws LeaseholdError "InvalidStateError" (`released`) once it is */
  check(): void {
    if (!this.#isReleased) return;
    const { kind, label, account } = this.lease;
    const message = `The ${kind} "${label}" of ${account.unit} was released; ask the unit for another one.`;
    throw new LeaseholdError("InvalidStateError", "released", message, { unit: account.unit });
  }

  /** Idempotent. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    dropped.unregister(this);
    // Whoever hears that a lease was taken may revoke it at once.
    (this.lease as Lease | undefined)?.release();
    const owner = this.#owner?.deref();
    if (owner) kept.delete(owner);
    this.#onRelease?.();
  }

  letGo(): void {
    this.release();
  }
}
