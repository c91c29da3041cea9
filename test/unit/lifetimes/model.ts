import type { LeaseKind } from "../../../src/lifetime/index.js";

export type Life = "explicit" | "auto" | "permanent";

/** A unit, as far as its life goes. */
export interface ModelUnit {
  readonly id: string;
  readonly life: Life;
  stage: "active" | "waiting" | "finalizing" | "leaving" | "gone";
  isForced: boolean;
  /** Its domain was lost, so that nothing comes of it, or to it, any more. */
  isLost: boolean;
  /** Whom it goes with. */
  batch: ModelUnit[];
  isFinalized: boolean;
  /** Leases on it that were ever let go of, and how many they were when it was asked to go. */
  released: number;
  releasedBefore: number;
}

/** One reason for a unit to be there. */
export interface ModelLease {
  readonly kind: LeaseKind;
  readonly on: ModelUnit;
  /** The unit that holds it; undefined: the page. */
  readonly by: ModelUnit | undefined;
  /** Whether it is a call under way, which keeps its unit whoever made it. */
  readonly isCall: boolean;
  readonly isTracked: boolean;
  isCollected: boolean;
}

/** Who has to be there, as a plain list of reasons and a search through all of them. It counts nothing and remembers nothing. */
export class Model {
  units: ModelUnit[] = [];
  leases: ModelLease[] = [];

  /** The units to which some root leads: the page, units by themselves, calls under way, units that are being finalized. */
  reached(leases: readonly ModelLease[] = this.leases, leadNowhere: readonly ModelUnit[] = []): Set<ModelUnit> {
    const reached = new Set(this.units.filter(({ stage }) => stage === "finalizing"));
    for (let size = -1; size !== reached.size;) {
      size = reached.size;
      for (const { on, by, isCall } of leases) {
        const leads = by === undefined || (reached.has(by) && !leadNowhere.includes(by));
        if (isCall || by === on || leads) reached.add(on);
      }
    }
    return reached;
  }

  /** What keeps a unit there at this moment, each alone. */
  holders(unit: ModelUnit): ModelLease[] {
    const reached = this.reached();
    return this.leases.filter(({ on, by, isCall }) => on === unit && (isCall || !by || by === on || reached.has(by)));
  }

  /** Who has to set out now, if it is the end of a turn. */
  due(): ModelUnit[] {
    const reached = this.reached();
    return this.units.filter((unit) => this.isWilling(unit) && unit.stage !== "finalizing" && !reached.has(unit));
  }

  isWilling({ stage, life }: ModelUnit): boolean {
    return stage === "waiting" || stage === "finalizing" || (stage === "active" && life === "auto");
  }

  release(lease: ModelLease): void {
    if (!this.leases.includes(lease)) return;
    this.leases = this.leases.filter((each) => each !== lease);
    if (!lease.isCall) lease.on.released++;
  }

  /** A unit was asked to go. */
  begin(unit: ModelUnit): void {
    unit.stage = "waiting";
    unit.releasedBefore = unit.released;
    for (const lease of this.leases) if (lease.kind === "pin" && lease.on === unit) this.release(lease);
  }

  /** Units have set out together. */
  finalize(batch: ModelUnit[]): void {
    for (const unit of batch) Object.assign(unit, { stage: "finalizing", batch, isFinalized: false });
  }

  /** The finalizers of a batch have ended: who is held again goes on waiting, the others are taken away. */
  finish(batch: ModelUnit[]): void {
    for (const unit of batch) unit.stage = "waiting";
    const forced = batch.filter(({ isForced }) => isForced);
    const reached = this.reached(this.leases, forced);
    for (const unit of batch) if (unit.isForced || !reached.has(unit)) unit.stage = "leaving";
  }

  remove(unit: ModelUnit): void {
    unit.stage = "gone";
    this.units = this.units.filter((each) => each !== unit);
    this.clear(unit);
  }

  /** A unit's domain is away, and with it all that led to it, or from it; calls that it made of others go on there. */
  clear(unit: ModelUnit): void {
    for (const lease of this.leases) if (lease.on === unit || (lease.by === unit && !lease.isCall)) this.release(lease);
  }
}
