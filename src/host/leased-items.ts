import { LeaseholdError } from "../errors.js";
import type { Account, Lease } from "../lifetime/index.js";
import { Hold } from "./hold.js";

/** The leases that a collection has on a unit other than its own. */
interface Share {
  lease: Lease;
  /** How many things of that unit are in the collection. */
  count: number;
}

/** What is in a collection, and what that keeps loaded. Whoever revokes its leases finds it without the collection. */
export class LeasedItems {
  readonly hold: Hold;
  readonly #items = new Map<unknown, Account>();
  readonly #shares = new Map<Account, Share>();
  readonly #accountOf: (value: unknown) => Account | undefined;

  /** @param accountOf the account of the unit that a remote is of; undefined for anything else */
  constructor(account: Account, exportName: string, accountOf: (value: unknown) => Account | undefined) {
    this.#accountOf = accountOf;
    this.hold = new Hold(account, { kind: "collection", label: exportName }, () => this.#clear());
  }

  get size(): number {
    return this.#items.size;
  }

  values(): Iterable<unknown> {
    return this.#items.keys();
  }

  add(item: unknown): void {
    this.hold.check();
    if (this.#items.has(item)) return;
    const account = this.#accountOf(item);
    if (!account) {
      const { label, account: own } = this.hold.lease;
      const message = `A collection of "${label}" takes remotes only: what was received from a unit, once it has been awaited.`;
      throw new LeaseholdError("DataError", "not-a-remote", message, { unit: own.unit });
    }
    this.#items.set(item, account);
    if (account !== this.hold.lease.account) this.#share(account).count++;
  }

  delete(item: unknown): boolean {
    const account = this.#items.get(item);
    this.#items.delete(item);
    const share = account && this.#shares.get(account);
    if (share && --share.count === 0) {
      this.#shares.delete(account);
      share.lease.release();
    }
    return account !== undefined;
  }

  #clear(): void {
    for (const item of this.#items.keys()) this.delete(item);
  }

  /** A collection of one unit's class with another one's things is either's: both have to stay. */
  #share(account: Account): Share {
    let share = this.#shares.get(account);
    if (share) return share;
    const { hold } = this;
    const held = {
      letGo: () => this.#deleteOf(account),
      get isCollected() {
        return hold.isCollected;
      },
    };
    const label = `${hold.lease.label} of ${hold.lease.account.unit}`;
    const lease = account.take({ kind: "collection", label, held, site: account.site() });
    share = { lease, count: 0 };
    // Whoever hears of the lease may revoke it at once, with what is in here by then; what comes later needs another one.
    if (account.leases.has(lease)) this.#shares.set(account, share);
    return share;
  }

  #deleteOf(account: Account): void {
    for (const [item, each] of this.#items) if (each === account) this.delete(item);
  }
}
