import type { Account } from "./account.js";
import { cheapestRelease } from "./cheapest-release.js";
import type { LeaseDescriber } from "./lease-describer.js";
import type { Ledger } from "./ledger.js";
import type { LeaseSnapshot } from "./lease.js";
import type { Reached } from "./reach.js";
import type { UnitState } from "./unit-state.js";
import { reportText, type ReportDetails } from "./report-text.js";

/**
 * What a unit is still there for.
 *
 * held: somebody holds it; awaiting-collection: nobody does, and it goes as soon as that has been found out; finalizing: its
 * finalizers are running, within their deadline; unaccounted: it is there though the ledger knows of nothing that holds it;
 * unloaded: it is not there.
 */
export type Verdict = "held" | "awaiting-collection" | "finalizing" | "unaccounted" | "unloaded";

/** Why a unit is still loaded, as data, and as text for people. It holds nothing. */
export interface WhyAlive {
  unit: string;
  state: UnitState;
  verdict: Verdict;
  /** The leases that keep it loaded, each of which would do so alone. */
  holders: LeaseSnapshot[];
  /**
   * Ids of a smallest set of leases whose release unloads it: `host.release(report.release)`. Those of other units, pins
   * included, may be among them, where that takes less. Empty where releasing does not help.
   */
  release: number[];
  /** The report that a person reads. */
  toString(): string;
}

/** What is known of a unit beside its account. */
export interface Subject {
  state: UnitState;
  /** Epoch milliseconds at which it was asked to go. */
  askedAt?: number | undefined;
  /** Whether it was asked to go, or goes by itself. */
  isWilling: boolean;
  /** Whether it was taken away, but something that the ledger does not know of holds its memory. */
  isRetained?: boolean;
}

/** Looks why a unit is still loaded. */
export class Report implements WhyAlive {
  readonly unit: string;
  readonly state: UnitState;
  readonly verdict: Verdict;
  readonly holders: LeaseSnapshot[];
  readonly release: number[];
  readonly #details: ReportDetails;

  constructor(account: Account, ledger: Ledger, subject: Subject) {
    const describer = ledger.describer();
    const { reached } = describer;
    const leases = describer.leases(account);
    const idle = new Set([...ledger.accounts].filter((each) => !reached.has(each)).map(({ unit }) => unit));
    this.unit = account.unit;
    this.state = subject.state;
    const inUse = idle.size > 0 ? leases.filter(({ holder }) => !idle.has(holder)) : leases;
    // A call keeps the unit that it is under way in, whoever made it.
    const calls = describer.calls(account);
    this.holders = calls.length > 0 ? inUse.concat(calls) : inUse;
    const isHeld = this.holders.length > 0 && !isGarbage(account, reached);
    this.verdict = verdictOf(isHeld, subject);
    const toRelease = this.verdict === "held" ? smallestSet(account, ledger, describer, leases) : [];
    this.release = toRelease.map(({ id }) => id);
    const dependents = [...ledger.accounts].filter(({ requires }) => requires.has(account)).map(({ unit }) => unit);
    this.#details = { askedAt: subject.askedAt, idle: leases.length - inUse.length, toRelease, dependents };
  }

  toString(): string {
    return reportText(this, this.#details);
  }
}

function verdictOf(isHeld: boolean, { state, isWilling, isRetained }: Subject): Verdict {
  if (state === "unloaded" || state === "failed") return isRetained ? "unaccounted" : "unloaded";
  if (state === "finalizing") return "finalizing";
  if (isHeld) return "held";
  return isWilling ? "awaiting-collection" : "unaccounted";
}

/** Whether the garbage collector has found that nobody uses what holds a unit; those that nothing leads to use nothing either. */
function isGarbage({ leases, calls }: Account, reached: Reached): boolean {
  if ((calls?.size ?? 0) > 0) return false;
  for (const { held, holder } of leases) if (!held?.isCollected && (!holder || reached.has(holder))) return false;
  return true;
}

/** @param known the leases on the account itself, which are many where it matters */
function smallestSet(
  account: Account,
  ledger: Ledger,
  describer: LeaseDescriber,
  known: LeaseSnapshot[],
): LeaseSnapshot[] {
  // The pin of a unit that never goes cannot be released, nor can what holds one that is going already.
  const rootsOf = (each: Account): number => (each.isPermanent || each.isFinalizing ? Infinity : each.roots);
  return cheapestRelease(account, ledger.accounts, rootsOf).flatMap(({ from, to }) => {
    const leases = to === account ? known : describer.leases(to);
    if (from) return leases.filter(({ holder }) => holder === from.unit);
    return leases.filter(({ holder }) => holder === "host" || holder === to.unit).concat(describer.calls(to));
  });
}
