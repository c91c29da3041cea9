import { durationText } from "./duration-text.js";
import type { LeaseSnapshot } from "./lease.js";
import type { WhyAlive } from "./why-alive.js";

/** What the text says beyond the data. */
export interface ReportDetails {
  /** Epoch milliseconds at which the unit was asked to go. */
  askedAt: number | undefined;
  /** How many of its leases are those of units that nothing leads to. */
  idle: number;
  /** The smallest set of leases to release. */
  toRelease: LeaseSnapshot[];
  /** The units that require it, which would be ended with it. */
  dependents: string[];
}

/** Lines that a person reads; what is alike is counted in one. */
const MOST_LINES = 20;
/** Leases that are looked at for lines. */
const MOST_LEASES = 1000;

/** Letters of a label that are shown. */
const LONGEST_NAME = 100;

/** Leases of the same kind, label and holder, taken in the same place. */
interface Group {
  leases: LeaseSnapshot[];
}

/** Why a unit is still loaded, in words. */
export function reportText(report: Omit<WhyAlive, "toString">, details: ReportDetails): string {
  const { unit, holders } = report;
  const asked =
    details.askedAt === undefined ? "" : `; unload was asked for ${durationText(Date.now() - details.askedAt)} ago`;
  switch (report.verdict) {
    case "unloaded":
      return `${unit} is unloaded.`;
    case "unaccounted":
      return unaccounted(report);
    case "finalizing":
      return `${unit} is running its finalizers${asked}. They have a deadline of their own: limits.finalizers.`;
    case "awaiting-collection":
      return `${unit} is held by nobody any more${asked}. It goes as soon as that has been found out.`;
  }
  const groups = groupsOf(holders);
  const rows = groups.slice(0, MOST_LINES).map(({ leases }, index) => row(leases, index + 1));
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const shown = groups.slice(0, MOST_LINES).reduce((sum, { leases }) => sum + leases.length, 0);
  if (shown < holders.length) lines.push(`… and ${holders.length - shown} more`);
  return [
    `${unit} is still loaded${asked}. ${holders.length === 1 ? "1 holder" : `${holders.length} holders (any one is enough)`}`,
    ...lines,
    [cheapest(details.toRelease, groups), notHolding(details.idle)].filter(Boolean).join(" "),
    forcing(holders, details.dependents),
  ].join("\n");
}

function groupsOf(leases: LeaseSnapshot[]): Group[] {
  const groups = new Map<string, Group>();
  for (const lease of leases.slice(0, MOST_LEASES)) {
    // A call's label tells how long it has been running, and so may be its own.
    const key = [lease.kind, lease.label, lease.holder, lease.site].join("\n");
    const group = groups.get(key);
    if (group) group.leases.push(lease);
    else groups.set(key, { leases: [lease] });
  }
  return [...groups.values()];
}

function row(leases: LeaseSnapshot[], number: number): string[] {
  const { kind, holder, site, since } = leases[0] as LeaseSnapshot;
  const name = nameOf(leases[0] as LeaseSnapshot);
  const what = leases.length > 1 ? `${leases.length} × ${name}` : name;
  const age = kind === "call" ? "" : durationText(Date.now() - since);
  return [`${number} ${kind}`, what, `held by ${holder}${site === undefined ? "" : ` at ${site}`}`, age];
}

/** A label as part of a line: units give it, who may have put a report of their own into it. */
function nameOf({ label }: LeaseSnapshot): string {
  const line = label.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim() || "(unnamed)";
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
}

function cheapest(toRelease: LeaseSnapshot[], groups: Group[]): string {
  if (toRelease.length === 0) return "";
  const steps = new Set<string>();
  for (const lease of toRelease.slice(0, MOST_LEASES)) {
    const number = groups.findIndex(({ leases }) => leases.some(({ id }) => id === lease.id)) + 1;
    if (lease.kind === "pin") steps.add(`unload ${lease.unit}`);
    else
      steps.add(
        number > 0 && number <= MOST_LINES ? String(number) : `${lease.kind} ${nameOf(lease)} of ${lease.unit}`,
      );
  }
  return `Cheapest way: release ${[...steps].join(" + ")}; host.release(report.release) does.`;
}

function notHolding(idle: number): string {
  return idle > 0 ? `Not holding: ${idle} of units that nothing leads to.` : "";
}

function forcing(holders: LeaseSnapshot[], dependents: string[]): string {
  const ended = new Set(dependents);
  const others = holders.filter(({ kind, holder }) => kind !== "dependent" || !ended.has(holder));
  const calls = others.filter(({ kind }) => kind === "call").length;
  const rest = others.filter(({ kind }) => kind !== "call" && kind !== "pin").length;
  const what = [
    calls && `reject ${calls} call${calls > 1 ? "s" : ""}`,
    rest && `end ${rest} reference${rest > 1 ? "s" : ""}`,
    ended.size > 0 && `unload ${namesOf(dependents)}, which require${ended.size > 1 ? "" : "s"} it`,
  ];
  const effect = what.filter(Boolean).join(" and ");
  return `unload({ mode: "force" }) does not wait${effect && `; it would ${effect}`}.`;
}

function namesOf(units: string[]): string {
  const hidden = units.length - MOST_LINES;
  return (hidden > 0 ? [...units.slice(0, MOST_LINES), `${hidden} more`] : units).join(" and ");
}

function unaccounted({ unit, state }: Pick<WhyAlive, "unit" | "state">): string {
  if (state !== "unloaded" && state !== "failed") {
    return `${unit} is ${state}, and nothing in the ledger holds it.`;
  }
  return (
    `${unit} is unloaded, but its memory is held by something outside the ledger: the page took a function, an object or a node ` +
    `from its realm directly, not through its exports. Let go of that.`
  );
}
