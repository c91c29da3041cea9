import type { Domain } from "../domain/index.js";
import type { Ledger, LeaseSnapshot } from "../lifetime/index.js";
import { Targets } from "../remoting/index.js";

/** What keeps a unit loaded, its owner's own hold apart: leases in the ledger, and calls that have not settled. */
export function holdersOf(unit: string, ledger: Ledger, domain: Domain | undefined): LeaseSnapshot[] {
  const calls = domain?.session.pendingCalls(Targets.exports) ?? [];
  return [
    ...ledger.of(unit).filter(({ kind }) => kind !== "pin"),
    ...calls.map(({ label, since }, index): LeaseSnapshot => {
      return { id: -1 - index, kind: "call", unit, holder: "host", label, path: ["host", label], since };
    }),
  ];
}

/** Resolves when there are none. */
export async function holdersGone(unit: string, ledger: Ledger, domain: Domain | undefined): Promise<void> {
  for (;;) {
    await domain?.session.idle(Targets.exports);
    const holders = holdersOf(unit, ledger, domain);
    if (holders.length === 0) return;
    if (holders.some(({ kind }) => kind !== "call")) await ledger.nextRelease();
  }
}
