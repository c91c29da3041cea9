import { Ledger, type Account, type LeaseSnapshot } from "../../src/lifetime/index.js";

type LedgerOptions = ConstructorParameters<typeof Ledger>[0];

/** A ledger that records where leases are taken. */
export function openLedger(options: Partial<LedgerOptions> = {}): Ledger {
  return new Ledger({ hasSites: true, onTake() {}, onRelease() {}, onSettled() {}, ...options });
}

/** The account of a unit in a ledger of its own, or in a given one. */
export function openAccount(unit = "sample@1.0.0", ledger = openLedger()): Books {
  const account = ledger.open(unit);
  return {
    ledger,
    account,
    leases: () => [...account.leases].map(({ kind, label }) => `${kind} ${label}`),
    snapshot: () => ledger.snapshot(),
  };
}

export interface Books {
  ledger: Ledger;
  account: Account;
  /** Kind and label of each lease on the unit. */
  leases(): string[];
  snapshot(): LeaseSnapshot[];
}

/** What a step throws; it had better. */
export function failureOf(step: () => unknown): Error & { code?: string } {
  try {
    step();
  } catch (error) {
    return error as Error;
  }
  throw new Error("It did not throw.");
}
