import type { Account, CallInfo } from "./account.js";
import { durationText } from "./duration-text.js";
import type { LeaseSnapshot } from "./lease.js";
import { reach, type Reached } from "./reach.js";
import { fromHost, HOST, Way } from "./way.js";

/** Gives ids to calls, which have no entry in the ledger. */
interface Ids {
  idOf(call: object): number;
}

/** Describes leases as data, with paths by the ways that lead to their holders now. */
export class LeaseDescriber {
  readonly reached: Reached;
  readonly #ids: Ids;

  constructor(accounts: Iterable<Account>, ids: Ids) {
    this.reached = reach(accounts);
    this.#ids = ids;
    for (const account of accounts) {
      const steps = stepsTo(account, this.reached);
      if (!account.way.leadsBy(steps)) account.way = new Way(steps);
    }
  }

  /** What keeps a unit loaded: its leases, then the calls that are under way. */
  describe(account: Account): LeaseSnapshot[] {
    return this.leases(account).concat(this.calls(account));
  }

  leases({ leases }: Account): LeaseSnapshot[] {
    // There may be a hundred thousand: an array that grows would be copied again and again.
    const snapshots = new Array<LeaseSnapshot>(leases.size);
    let index = 0;
    for (const lease of leases) snapshots[index++] = lease.snapshot;
    return snapshots;
  }

  calls(account: Account): LeaseSnapshot[] {
    return (account.calls?.describe() ?? []).map((call) => describeCall(account, call, this.#ids.idOf(call.key)));
  }
}

function describeCall({ unit }: Account, call: CallInfo, id: number): LeaseSnapshot {
  const { holder, since, site } = call;
  const label = `${call.label} running ${durationText(Date.now() - since)}`;
  const path = [...(holder?.way ?? fromHost).steps, label];
  const snapshot: LeaseSnapshot = { id, kind: "call", unit, holder: holder?.unit ?? HOST, label, path, since };
  if (site !== undefined) snapshot.site = site;
  return snapshot;
}

/** The units from a root to one, and the page before them. */
function stepsTo(account: Account, reached: Reached): string[] {
  const steps: string[] = [];
  for (let at: Account | undefined = account; at; at = reached.get(at)) steps.unshift(at.unit);
  return reached.has(account) ? [HOST, ...steps] : steps;
}
