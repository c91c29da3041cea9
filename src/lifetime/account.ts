import { LeaseholdError } from "../errors.js";
import { Lease, type LeaseEntry } from "./lease.js";
import { HOST, Way } from "./way.js";

/** A call that is under way: a lease without an entry, because there can be ten thousand in a turn. */
export interface CallInfo {
  /** The same object as long as the call is under way. */
  key: object;
  /** E.g. "render()". */
  label: string;
  /** Epoch milliseconds. */
  since: number;
  /** The unit that made it; undefined: the page. */
  holder?: Account | undefined;
  site?: string | undefined;
  /** Waits for it no more. */
  cancel(): void;
}

/** Who knows the calls of a unit that are under way, its own and those of others. */
export interface CallSource {
  readonly size: number;
  /** What must not be collected before whoever has a tracked lease. */
  readonly kept: object;
  describe(): CallInfo[];
}

/** What an account needs of the ledger that it is in. */
export interface Book {
  /** Where in the page's code this is called from; undefined where that is not recorded. */
  site(): string | undefined;
  nextId(): number;
  taken(lease: Lease): void;
  released(lease: Lease): void;
  settled(): void;
}

/** What keeps one unit loaded, and what that unit keeps loaded in its turn: a node of the ledger's graph. */
export class Account {
  /** Id of the unit. */
  readonly unit: string;
  /** Leases on the unit, in the order in which they were taken. */
  readonly leases = new Set<Lease>();
  /** Accounts of the units on which this one has leases, and how many. */
  readonly holds = new Map<Account, number>();
  /** Accounts of the units that this one is made of, which it cannot let go of. */
  readonly requires = new Set<Account>();
  calls: CallSource | undefined;
  /** How a root leads to the unit; as it was when that was last looked at. */
  way: Way;
  /** Whether the unit never goes. */
  isPermanent = false;
  /** How many leases were ever released. */
  released = 0;
  /**
   * Called when the first lease is taken, and the first that is not tracked by the garbage collector; when the last of either has
   * gone; and when the unit's finalizers begin, and have ended.
   */
  onAnchor: (() => void) | undefined;

  readonly #book: Book;
  #roots = 0;
  #anchors = 0;
  #isFinalizing = false;
  #isClosed = false;

  constructor(unit: string, book: Book) {
    this.unit = unit;
    this.way = new Way([HOST, unit]);
    this.#book = book;
  }

  /** How many leases and calls keep the unit loaded that are not another unit's. */
  get roots(): number {
    return this.#roots + (this.calls?.size ?? 0);
  }

  /** Whether a lease is there that the garbage collector does not track. */
  get isAnchored(): boolean {
    return this.#anchors > 0;
  }

  /** Whether the unit's finalizers are running: until it is away, what it holds, and what it was sent, is in use. */
  get isFinalizing(): boolean {
    return this.#isFinalizing;
  }

  set isFinalizing(isFinalizing: boolean) {
    this.#isFinalizing = isFinalizing;
    this.onAnchor?.();
  }

  /** What must not be collected before whoever has a tracked lease on the unit. */
  get kept(): object | undefined {
    return this.calls?.kept;
  }

  /** Where in the page's code this is called from; undefined where that is not recorded. */
  site(): string | undefined {
    return this.#book.site();
  }

  /** Calls have ended, and no other is under way. */
  settled(): void {
    this.#book.settled();
  }

  /**
   * Enters a lease; it is the caller's, who releases it. On a unit that is gone it is released from the start. A holder in other
   * books, of another host, is not known in these: the page is the holder.
   * @throws LeaseholdError "NotSupportedError" (`permanent-depends`) where a unit that never goes would depend on one that does
   */
  take(entry: LeaseEntry): Lease {
    if (entry.kind === "dependent" && entry.holder?.isPermanent && !this.isPermanent)
      throw wouldKeep(entry.holder, this);
    const isKnown = !entry.holder || entry.holder.#book === this.#book;
    const lease = new Lease(this.#book.nextId(), this, isKnown ? entry : { ...entry, holder: undefined });
    if (this.#isClosed) return lease;
    this.leases.add(lease);
    if (lease.isRoot) this.#roots++;
    else (lease.holder as Account).#count(this, 1);
    if (lease.isFixed) lease.holder?.requires.add(this);
    const isFirst = !lease.isTracked && this.#anchors++ === 0;
    if (isFirst || this.leases.size === 1) this.onAnchor?.();
    this.#book.taken(lease);
    return lease;
  }

  /** Strikes a lease out; idempotent. */
  release(lease: Lease): void {
    if (!this.leases.delete(lease)) return;
    this.released++;
    if (lease.isRoot) this.#roots--;
    else (lease.holder as Account).#count(this, -1);
    if (lease.isFixed) lease.holder?.requires.delete(this);
    const isLast = !lease.isTracked && --this.#anchors === 0;
    if (isLast || this.leases.size === 0) this.onAnchor?.();
    this.#book.released(lease);
  }

  /** Strikes everything out. */
  clear(): void {
    for (const lease of this.leases) this.release(lease);
  }

  /** The unit is gone: strikes everything out, what it holds of others, too, and takes no more in. */
  close(): void {
    this.#isClosed = true;
    this.clear();
    for (const held of this.holds.keys()) {
      for (const lease of held.leases) if (lease.holder === this) lease.revoke();
    }
    this.calls = this.onAnchor = undefined;
    this.way = new Way([this.unit]);
  }

  #count(held: Account, change: number): void {
    const count = (this.holds.get(held) ?? 0) + change;
    if (count > 0) this.holds.set(held, count);
    else this.holds.delete(held);
  }
}

function wouldKeep(permanent: Account, { unit }: Account): LeaseholdError {
  const message =
    `${permanent.unit} is permanent and ${unit} is not, so it can neither require ${unit} nor be given its exports: they would never ` +
    `go. Load ${unit} with collectible false, or ${permanent.unit} with collectible "explicit", or give it single results.`;
  return new LeaseholdError("NotSupportedError", "permanent-depends", message, { unit: permanent.unit });
}
