import { Account, type Book } from "./account.js";
import { LeaseDescriber } from "./lease-describer.js";
import type { Lease, LeaseSnapshot } from "./lease.js";
import { callerSite } from "./site.js";

export interface LedgerOptions {
  /** Whether it is recorded where leases are taken. */
  hasSites?: boolean;
  onTake(lease: Lease): void;
  onRelease(lease: Lease): void;
  /** No call of some unit is under way any more. */
  onSettled(): void;
}

/**
 * All leases of a host, as a graph: its nodes are the units' accounts, its edges the leases that units have on each other, its
 * roots the leases of the page, calls under way and declared activities. Ids are never used again.
 */
export class Ledger implements Book {
  readonly accounts = new Set<Account>();
  readonly #options: LedgerOptions;
  /** Of calls, which have no entry. */
  readonly #callIds = new WeakMap<object, number>();
  #lastId = 0;
  #size = 0;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** How many leases there are, calls included. */
  get size(): number {
    let size = this.#size;
    for (const { calls } of this.accounts) size += calls?.size ?? 0;
    return size;
  }

  /** Opens the account of a unit, which closes it when it is gone. */
  open(unit: string): Account {
    const account = new Account(unit, this);
    this.accounts.add(account);
    return account;
  }

  close(account: Account): void {
    account.close();
    this.accounts.delete(account);
  }

  /** Describes leases as they are held now. */
  describer(): LeaseDescriber {
    return new LeaseDescriber(this.accounts, this);
  }

  /** One lease as data. */
  describe(lease: Lease): LeaseSnapshot {
    this.describer();
    return lease.snapshot;
  }

  /** All leases as data. */
  snapshot(): LeaseSnapshot[] {
    const describer = this.describer();
    return [...this.accounts].flatMap((account) => describer.describe(account));
  }

  /** Has the holders of leases let go of them, and waits no more for calls; returns how many there were that can be let go of. */
  revoke(ids: Iterable<number>): number {
    const wanted = new Set(ids);
    const found: { cancel(): void }[] = [];
    for (const { leases, calls } of this.accounts) {
      for (const lease of leases)
        if (wanted.has(lease.id) && !lease.isFixed) found.push({ cancel: () => lease.revoke() });
      for (const call of calls?.describe() ?? []) if (wanted.has(this.idOf(call.key))) found.push(call);
    }
    for (const each of found) each.cancel();
    return found.length;
  }

  /** The id of a call. */
  idOf(call: object): number {
    let id = this.#callIds.get(call);
    if (id === undefined) this.#callIds.set(call, (id = this.nextId()));
    return id;
  }

  site(): string | undefined {
    return this.#options.hasSites ? callerSite() : undefined;
  }

  nextId(): number {
    return ++this.#lastId;
  }

  taken(lease: Lease): void {
    this.#size++;
    this.#options.onTake(lease);
  }

  released(lease: Lease): void {
    this.#size--;
    this.#options.onRelease(lease);
  }

  settled(): void {
    this.#options.onSettled();
  }
}
