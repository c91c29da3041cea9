import type { LeaseSnapshot, Ledger, WhyAlive } from "../../../src/lifetime/index.js";
import type { FakeUnit } from "./fake-unit.js";
import type { Model, ModelLease, ModelUnit } from "./model.js";
import { fewerThan, frees, leastReleases, releasable } from "./releases.js";

/** What a world knows of both sides of the comparison. */
export interface Compared {
  readonly model: Model;
  readonly ledger: Ledger;
  /** The library's ids of the model's leases, calls included. */
  idOf(lease: ModelLease): number;
}

const STATES = {
  active: "active",
  waiting: "unloading",
  finalizing: "finalizing",
  leaving: "?",
  gone: "unloaded",
} as const;

/** Whether a unit is where the model has it, and its account says what a recount says. */
export function checkUnit({ model, idOf }: Compared, unit: ModelUnit, fake: FakeUnit): void {
  const { account } = fake;
  equal(`the state of ${unit.id}`, fake.state, unit.isLost && fake.state === "failed" ? "failed" : STATES[unit.stage]);
  const on = model.leases.filter((lease) => lease.on === unit);
  const entered = on.filter(({ isCall }) => !isCall);
  equal(`roots of ${unit.id}`, account.roots, on.filter(({ by, isCall }) => isCall || !by || by === unit).length);
  equal(`leases on ${unit.id}`, ids([...account.leases].map(({ id }) => id)), ids(entered.map(idOf)));
  equal(`releases of ${unit.id}`, account.released, unit.released);
  const isAnchored = entered.some(({ isTracked }) => !isTracked);
  equal(`whether ${unit.id} is anchored`, account.isAnchored, isAnchored);
  if (unit.stage !== "gone") equal(`whether ${unit.id} was told so`, fake.isAnchored, isAnchored);
  const held = model.leases.filter(({ on: other, by, isCall }) => by === unit && other !== unit && !isCall);
  const counts = [...account.holds].map(([{ unit: id }, count]) => `${id} × ${count}`);
  equal(`what ${unit.id} holds`, counts.sort().join(), countsOf(held.map(({ on: other }) => other.id)));
}

/** Whether the ledger as a whole is what the model has. */
export function checkLedger({ model, ledger, idOf }: Compared): void {
  equal("leases", ledger.size, model.leases.length);
  equal("units", ids([...ledger.accounts].map(({ unit }) => unit)), ids(model.units.map(({ id }) => id)));
  const snapshot = ledger.snapshot().map(({ id, kind, unit, holder }) => [id, kind, unit, holder].join(" "));
  const expected = model.leases.map((lease) =>
    [idOf(lease), lease.kind, lease.on.id, lease.by?.id ?? "host"].join(" "),
  );
  equal("the snapshot", ids(snapshot), ids(expected));
}

/** Whether a report says what is so, and its release is a smallest set; returns that. */
export function checkReport({ model, idOf }: Compared, unit: ModelUnit, report: WhyAlive): ModelLease[] {
  const holders = unit.stage === "gone" ? [] : model.holders(unit);
  equal(`holders of ${unit.id}`, ids(report.holders.map(({ id }) => id)), ids(holders.map(idOf)));
  equal(`verdict on ${unit.id}`, report.verdict, verdictOf(model, unit, holders));
  for (const holder of report.holders) checkPath(model, holder);
  if (!String(report).startsWith(unit.id)) throw new Error(`A report on ${unit.id} says "${String(report)}".`);
  const released = model.leases.filter((lease) => report.release.includes(idOf(lease)));
  equal(`ids to release for ${unit.id}`, ids(report.release), ids(released.map(idOf)));
  if (report.verdict !== "held") equal("releases of what is not held", released.length, 0);
  else if (released.length === 0) {
    if (frees(model, unit, releasable(model, unit))) throw new Error(`${unit.id} could be freed.`);
  } else if (!frees(model, unit, released)) {
    throw new Error(`${unit.id} is not freed by releasing ${released.map(describe).join(", ")}.`);
  }
  return released;
}

/** Whether no smaller set of leases would free a unit. */
export function checkSmallest({ model }: Compared, unit: ModelUnit, released: ModelLease[]): void {
  equal(`leases to release for ${unit.id}`, released.length, leastReleases(model, unit));
  const fewer = fewerThan(model, unit, released);
  if (fewer)
    throw new Error(
      `${unit.id} is freed by ${fewer.map(describe).join(", ")}, which is less than ${released.map(describe).join(", ")}.`,
    );
}

function verdictOf(model: Model, unit: ModelUnit, holders: ModelLease[]): WhyAlive["verdict"] {
  if (unit.stage === "gone") return "unloaded";
  if (unit.stage === "finalizing") return "finalizing";
  if (holders.some(({ isCollected }) => !isCollected)) return "held";
  return model.isWilling(unit) ? "awaiting-collection" : "unaccounted";
}

/** A path leads from the page, or from a unit that counts as a root, by leases that are there. */
function checkPath(model: Model, { id, kind, holder, path, label }: LeaseSnapshot): void {
  const what = `the path of lease ${id}`;
  // A call is a root itself, whether anything leads to who made it or not.
  if (kind === "call" && holder !== "host" && path[0] === holder)
    return equal(what, path.join(), [holder, label].join());
  equal(what, [path[0], path.at(-1)].join(), ["host", label].join());
  const units = path.slice(1, -1).flatMap((id) => model.units.find((unit) => unit.id === id) ?? []);
  units.forEach((unit, index) => {
    const before = units[index - 1];
    const leads = ({ on, by, isCall }: ModelLease): boolean =>
      on === unit && (before ? by === before : isCall || !by || by === on);
    if (!model.leases.some(leads) && (before || unit.stage !== "finalizing"))
      throw new Error(`${what} leads to ${unit.id}, though nothing does.`);
  });
}

export function describe({ kind, on, by, isCall }: ModelLease): string {
  return `${isCall ? "call" : kind} on ${on.id} by ${by?.id ?? "host"}`;
}

function countsOf(names: string[]): string {
  return [...new Set(names)]
    .map((name) => `${name} × ${names.filter((each) => each === name).length}`)
    .sort()
    .join();
}

function ids(list: (number | string)[]): string {
  return list.map(String).sort().join();
}

export function equal(what: string, is: unknown, expected: unknown): void {
  if (is !== expected) throw new Error(`${what}: ${String(is)}, and should be ${String(expected)}`);
}
