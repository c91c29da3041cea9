import type { Account, Lease } from "../lifetime/index.js";
import { UnitWriter, type Part, type UnitSource } from "../unit/index.js";

/** What is sent to a unit is kept as long as somebody has a part of the builder that it was loaded from. */
const kept = new WeakMap<object, Map<Account, object>>();

/** The builders that were told of, by the account of the unit that their parts keep. */
const told = new WeakMap<Account, WeakSet<UnitWriter>>();

/**
 * Has every part of a builder keep a unit loaded that was loaded from it: those that there are, and those made while the unit lives.
 * Of a source that is no builder, nothing; of one that did so before, nothing more.
 * @param unit its account, once it has a domain, and when it has gone
 */
export function leaseParts(source: UnitSource, unit: { account: Account; unloaded: Promise<unknown> }): void {
  if (!(source instanceof UnitWriter) || told.get(unit.account)?.has(source)) return;
  told.set(unit.account, (told.get(unit.account) ?? new WeakSet()).add(source));
  const leases = new PartLeases(unit.account);
  const stop = source.parts.observe(leases);
  void unit.unloaded.then(() => {
    stop();
    leases.end();
  });
}

/** The leases of a builder's parts on one unit. Whoever revokes one finds the part without the object that somebody has of it. */
class PartLeases {
  readonly #account: Account;
  readonly #leases = new Map<Part, Lease>();

  constructor(account: Account) {
    this.#account = account;
  }

  added(part: Part): void {
    const account = this.#account;
    const held = {
      letGo: () => part.release(),
      get isCollected() {
        return part.owner === undefined;
      },
    };
    const { label, parent, owner } = part;
    const lease = account.take({ kind: "builder", label, parent, held, isTracked: true, site: account.site() });
    this.#leases.set(part, lease);
    if (owner && account.kept) kept.set(owner, (kept.get(owner) ?? new Map()).set(account, account.kept));
    // Whoever hears of the lease may revoke it at once, and the part with it.
    if (part.isReleased) this.released(part);
  }

  released(part: Part): void {
    this.#leases.get(part)?.release();
    this.#leases.delete(part);
    if (part.owner) kept.get(part.owner)?.delete(this.#account);
  }

  end(): void {
    for (const part of this.#leases.keys()) this.released(part);
  }
}
