import type { Account, Held, Lease } from "../../lifetime/index.js";

/** Who borrows: a session, and the account of its unit. */
export interface Borrower {
  readonly account: Account | undefined;
}

/**
 * Something of one session's that was passed on over another, whose unit holds it from then on, whatever the page does with its own.
 * It leads to nothing that keeps objects, so that leases may lead to it.
 */
export class Loan implements Held {
  readonly borrower: Borrower;
  lease: Lease | undefined;
  readonly #home: () => object | undefined;
  #end: (() => void) | undefined;

  /**
   * @param home gives what the page itself has of it, or has again
   * @param end called once, when it is over; releases the lease
   */
  constructor(borrower: Borrower, home: () => object | undefined, end: () => void) {
    this.borrower = borrower;
    this.#home = home;
    this.#end = end;
  }

  get isOver(): boolean {
    return this.#end === undefined;
  }

  /** What the page itself has of it, or has again; nothing once it is over, as who borrowed it cannot give what it has not. */
  home(): object | undefined {
    return this.isOver ? undefined : this.#home();
  }

  /** Ends it; idempotent. Who borrowed finds out by the next call. */
  letGo(): void {
    const end = this.#end;
    this.#end = undefined;
    end?.();
  }
}
