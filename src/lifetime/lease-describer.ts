import type { Account, CallInfo } from "./account.js";
import { durationText } from "./duration-text.js";
import type { Lease, LeaseSnapshot } from "./lease.js";
import type { Reached } from "./reach.js";

/** Describes leases as data; what is the same in many of them is made once. */
export class LeaseDescriber {
  readonly #reached: Reached;
  /** By what the last step is reached from, then by its label. */
  readonly #paths = new Map<Account | Lease | undefined, Map<string, string[]>>();

  constructor(reached: Reached) {
    this.#reached = reached;
  }

  /** What keeps a unit loaded: its leases, then the calls that are under way. */
  describe(account: Account, ids: { idOf(call: object): number }): LeaseSnapshot[] {
    return this.leases(account).concat(this.calls(account, ids));
  }

  leases({ leases }: Account): LeaseSnapshot[] {
    // There may be a hundred thousand: an array that grows would be copied again and again.
    const snapshots = new Array<LeaseSnapshot>(leases.size);
    let index = 0;
    for (const lease of leases) snapshots[index++] = this.lease(lease);
    return snapshots;
  }

  calls(account: Account, ids: { idOf(call: object): number }): LeaseSnapshot[] {
    return (account.calls?.describe() ?? []).map((call) => this.#call(account, call, ids.idOf(call.key)));
  }

  lease({ id, kind, label, account, holder, parent, since, site }: Lease): LeaseSnapshot {
    const path = this.#pathOf(holder, parent, label);
    const snapshot: LeaseSnapshot = { id, kind, unit: account.unit, holder: nameOf(holder), label, path, since };
    if (site !== undefined) snapshot.site = site;
    return snapshot;
  }

  #call(account: Account, { holder, label: name, since, site }: CallInfo, id: number): LeaseSnapshot {
    const label = `${name} running ${durationText(Date.now() - since)}`;
    const path = [...this.#wayTo(holder), label];
    const snapshot: LeaseSnapshot = {
      id,
      kind: "call",
      unit: account.unit,
      holder: nameOf(holder),
      label,
      path,
      since,
    };
    if (site !== undefined) snapshot.site = site;
    return snapshot;
  }

  #pathOf(holder: Account | undefined, parent: Lease | undefined, label: string): string[] {
    const from = parent ?? holder;
    let known = this.#paths.get(from);
    if (!known) this.#paths.set(from, (known = new Map<string, string[]>()));
    let path = known.get(label);
    if (!path) known.set(label, (path = [...this.#wayTo(holder), ...stepsTo(parent), label]));
    return path;
  }

  /** The page, and the units from it to one. */
  #wayTo(account: Account | undefined): string[] {
    const way: string[] = [];
    for (let at = account; at; at = this.#reached.get(at)) way.unshift(at.unit);
    return account && !this.#reached.has(account) ? way : [HOST, ...way];
  }
}

/** The page, as a holder. */
const HOST = "host";

function nameOf(holder: Account | undefined): string {
  return holder?.unit ?? HOST;
}

function stepsTo(parent: Lease | undefined): string[] {
  const steps: string[] = [];
  for (let at = parent; at; at = at.parent) steps.unshift(at.label);
  return steps;
}
