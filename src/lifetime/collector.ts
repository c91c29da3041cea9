import type { Account } from "./account.js";
import { dependentsFirst } from "./dependents-first.js";
import type { Ledger } from "./ledger.js";
import { reach } from "./reach.js";

/** A unit on its way out, as the collector sees it. */
export interface Leaving {
  readonly account: Account;
  /** Whether it goes whatever holds it. */
  readonly isForced: boolean;
  /** Runs its finalizers; resolves when they are done, or late. */
  finalize(): Promise<void>;
  /** Somebody has taken hold of it again. */
  wait(): void;
  /** Takes it away. */
  remove(): void;
  /** Says that it has gone. */
  finish(): void;
}

/**
 * Finds the units that nothing leads to, and has them go together, however they hold each other.
 *
 * 1. At the end of a turn in which something was let go of, the accounts are marked from the roots. Units whose finalizers are
 *    running count as roots: until they are away, what they hold is in use.
 * 2. Of those that were not reached, the ones that are waiting to go, and the automatic ones, are one batch.
 * 3. All of their finalizers run before any of them is taken away.
 * 4. The accounts are marked anew: who is reached now, because a finalizer gave somebody a reference, goes back to waiting.
 * 5. The rest is taken away, each before those that it requires.
 */
export class Collector {
  readonly #ledger: Ledger;
  readonly #waiting = new Map<Account, Leaving>();
  readonly #automatic = new Map<Account, () => Leaving>();
  #isScheduled = false;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Has a unit go by itself once nothing leads to it; `begin` sets it out. */
  watch(account: Account, begin: () => Leaving): void {
    this.#automatic.set(account, begin);
    this.changed();
  }

  /** A unit is ready to go, once nothing leads to it. */
  add(leaving: Leaving): void {
    this.forget(leaving.account);
    if (leaving.isForced) return void this.#collect([leaving]);
    this.#waiting.set(leaving.account, leaving);
    this.changed();
  }

  /** A unit that was added does not wait any more. */
  hurry(leaving: Leaving): void {
    if (this.#waiting.delete(leaving.account)) void this.#collect([leaving]);
  }

  /** A unit has gone some other way. */
  forget(account: Account): void {
    this.#automatic.delete(account);
    this.#waiting.delete(account);
  }

  /** Something was let go of. */
  changed(): void {
    if (this.#isScheduled || this.#waiting.size + this.#automatic.size === 0) return;
    this.#isScheduled = true;
    const check = (): void => {
      this.#isScheduled = false;
      this.#check();
    };
    // Exports of an automatic unit stay open: who has just had an answer may use it for the next call, and comes first.
    if (this.#automatic.size > 0) setTimeout(check);
    else queueMicrotask(check);
  }

  #check(): void {
    const reached = reach(this.#ledger.accounts);
    const isFree = ([account]: [Account, unknown]): boolean => !reached.has(account);
    // Each that begins is told to listeners, who may ask any other to go by force.
    for (const [account, begin] of [...this.#automatic].filter(isFree)) {
      if (this.#automatic.delete(account)) this.#waiting.set(account, begin());
    }
    const batch = [...this.#waiting].filter(isFree).map(([, leaving]) => leaving);
    if (batch.length > 0) void this.#collect(batch);
  }

  async #collect(batch: Leaving[]): Promise<void> {
    for (const { account } of batch) {
      this.forget(account);
      account.isFinalizing = true;
    }
    await Promise.all(batch.map((leaving) => leaving.finalize()));
    for (const { account } of batch) account.isFinalizing = false;
    const forced = new Set(batch.filter(({ isForced }) => isForced).map(({ account }) => account));
    const reached = reach(this.#ledger.accounts, forced);
    const isHeld = ({ account }: Leaving): boolean => reached.has(account) && !forced.has(account);
    const held = batch.filter(isHeld);
    const gone = dependentsFirst(batch.filter((leaving) => !isHeld(leaving)));
    for (const leaving of held) this.#waiting.set(leaving.account, leaving);
    // Here, too.
    for (const leaving of held) if (this.#waiting.has(leaving.account)) leaving.wait();
    for (const leaving of gone) leaving.remove();
    for (const leaving of gone) leaving.finish();
    this.changed();
  }
}
