import type { LeaseKind, LeaseSnapshot } from "./lease.js";

/** A lease as its holder has it. */
export interface Lease {
  /** Lets go; idempotent. */
  release(): void;
}

/**
 * All leases of a host that are taken explicitly. (Calls in flight are leases too; the session that carries them knows them,
 * so that a call costs no entry here.) Ids are never used again.
 */
export class Ledger {
  readonly #leases = new Map<number, LeaseSnapshot>();
  readonly #onRelease: (lease: LeaseSnapshot) => void;
  readonly #onTake: (lease: LeaseSnapshot) => void;
  readonly #waiting: (() => void)[] = [];
  #nextId = 1;

  constructor(listeners: { onTake(lease: LeaseSnapshot): void; onRelease(lease: LeaseSnapshot): void }) {
    this.#onTake = listeners.onTake;
    this.#onRelease = listeners.onRelease;
  }

  get size(): number {
    return this.#leases.size;
  }

  /** Enters a lease. */
  take(entry: { kind: LeaseKind; unit: string; holder: string; label: string }): Lease {
    const id = this.#nextId++;
    const lease: LeaseSnapshot = { id, ...entry, path: [entry.holder, entry.label], since: Date.now() };
    this.#leases.set(id, lease);
    this.#onTake(lease);
    return { release: () => this.#release(id) };
  }

  /** Resolves when the next lease is released, whichever it is. */
  nextRelease(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Lets go of all that keeps a unit loaded. */
  releaseAll(unit: string): void {
    for (const { id } of this.of(unit)) this.#release(id);
  }

  /** What keeps a unit loaded. */
  of(unit: string): LeaseSnapshot[] {
    return [...this.#leases.values()].filter((lease) => lease.unit === unit);
  }

  #release(id: number): void {
    const lease = this.#leases.get(id);
    if (!lease) return;
    this.#leases.delete(id);
    this.#onRelease(lease);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
