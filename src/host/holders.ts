import type { Domain } from "../domain/index.js";
import type { Ledger, LeaseSnapshot } from "../lifetime/index.js";

/**
 * What keeps a unit loaded, its owner's own hold apart: leases in the ledger, calls that have not settled, and references to
 * what is the unit's.
 */
export function holdersOf(unit: string, ledger: Ledger, domain: Domain | undefined): LeaseSnapshot[] {
  const calls = domain?.session.describeCalls().map((call) => ({ kind: "call" as const, ...call })) ?? [];
  const imports = domain?.session.describeImports() ?? [];
  return [
    ...ledger.of(unit).filter(({ kind }) => kind !== "pin"),
    ...[...calls, ...imports].map(({ kind, label, since }, index): LeaseSnapshot => {
      return { id: -1 - index, kind, unit, holder: "host", label, path: ["host", label], since };
    }),
  ];
}

/** Resolves when there are none. */
export async function holdersGone(unit: string, ledger: Ledger, domain: Domain | undefined): Promise<void> {
  for (;;) {
    await domain?.session.idle();
    const holders = holdersOf(unit, ledger, domain);
    if (holders.length === 0) return;
    if (ledger.of(unit).some(({ kind }) => kind !== "pin")) await ledger.nextRelease();
  }
}
