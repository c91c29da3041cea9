import type { Account } from "./account.js";
import type { Lease, LeaseSnapshot } from "./lease.js";
import type { Reached } from "./reach.js";

/** How a person reads a time, e.g. "240 ms", "6.8 s", "3 min 12 s". */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What keeps a unit loaded, as data: its leases, then the calls that are under way. */
export function describeLeases(
  account: Account,
  reached: Reached,
  ids: { idOf(call: object): number },
): LeaseSnapshot[] {
  const { unit } = account;
  /** Of many leases with the same holder and label there is one path. */
  const paths = new Map<Account | Lease | undefined, Map<string, string[]>>();
  const pathOf = (holder: Account | undefined, parent: Lease | undefined, label: string): string[] => {
    const from = parent ?? holder;
    let known = paths.get(from);
    if (!known) paths.set(from, (known = new Map<string, string[]>()));
    let path = known.get(label);
    if (!path) known.set(label, (path = [...wayTo(holder, reached), ...stepsTo(parent), label]));
    return path;
  };
  const snapshots: LeaseSnapshot[] = [];
  for (const { id, kind, label, holder, parent, since, site } of account.leases) {
    const path = pathOf(holder, parent, label);
    const snapshot: LeaseSnapshot = { id, kind, unit, holder: holder?.unit ?? "host", label, path, since };
    if (site !== undefined) snapshot.site = site;
    snapshots.push(snapshot);
  }
  const now = Date.now();
  for (const call of account.calls?.describe() ?? []) {
    const { key, holder, since, site } = call;
    const label = `${call.label} running ${durationText(now - since)}`;
    const path = pathOf(holder, undefined, label);
    const snapshot: LeaseSnapshot = {
      id: ids.idOf(key),
      kind: "call",
      unit,
      holder: holder?.unit ?? "host",
      label,
      path,
      since,
    };
    if (site !== undefined) snapshot.site = site;
    snapshots.push(snapshot);
  }
  return snapshots;
}

/** The units from a root to an account; undefined: the page itself. */
function wayTo(account: Account | undefined, reached: Reached): string[] {
  const way: string[] = [];
  for (let at = account; at; at = reached.get(at)) way.unshift(at.unit);
  return account && !reached.has(account) ? way : ["host", ...way];
}

function stepsTo(parent: Lease | undefined): string[] {
  const steps: string[] = [];
  for (let at = parent; at; at = at.parent) steps.unshift(at.label);
  return steps;
}
