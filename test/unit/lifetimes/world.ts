import { Collector, Ledger, type CallInfo, type Lease } from "../../../src/lifetime/index.js";
import type { Random } from "../model/random.js";
import type { LivedWorld } from "../model/run-worlds.js";
import { microtasks } from "../model/tasks.js";
import { checkLedger, checkReport, checkSmallest, checkUnit, describe, equal, type Compared } from "./check.js";
import { Clock } from "./clock.js";
import { FakeUnit } from "./fake-unit.js";
import { Model, type Life, type ModelLease, type ModelUnit } from "./model.js";
import { KINDS, OPERATIONS } from "./operations.js";
import { Unloads } from "./unloads.js";
import { Watch } from "./watch.js";

const MOST_UNITS = 6;
const MOST_LEASES = 60;

/** A host's books with units that are no more than lives, what may happen to them, and what has to come of it. */
export class World implements LivedWorld, Compared {
  readonly log: string[] = [];
  readonly faults: unknown[] = [];
  readonly model = new Model();
  readonly ledger: Ledger;
  readonly #clock = new Clock();
  readonly #collector: Collector;
  readonly #fakes = new Map<ModelUnit, FakeUnit>();
  readonly #entered = new Map<ModelLease, Lease | CallInfo>();
  readonly #unloads = new Unloads(this.model);
  readonly #watch: Watch;

  constructor() {
    this.#clock.install();
    this.#watch = new Watch(this, this.#unloads);
    this.ledger = new Ledger({
      onTake: () => {},
      onRelease: () => this.#collector.changed(),
      onSettled: () => this.#collector.changed(),
    });
    this.#collector = new Collector(this.ledger);
  }

  step(random: Random): Promise<void> | undefined {
    let choice = random.below(OPERATIONS.reduce((sum, [weight]) => sum + weight, 0));
    const operation = OPERATIONS.find(([weight]) => (choice -= weight) < 0);
    const going = operation?.[1](this, random);
    return going instanceof Promise ? (going as Promise<void>) : undefined;
  }

  /** Takes all units away, as disposing of a host does; then nothing is left, and every promise has settled. */
  async end(): Promise<void> {
    await this.turn();
    for (const unit of this.model.units) this.force(unit);
    const running = (): ModelUnit | undefined => this.model.units.find(({ isFinalized }) => !isFinalized);
    for (let unit; (unit = running()); await this.endFinalizers(unit, []));
    await this.turn();
    checkLedger(this);
    this.#unloads.checkEnd();
    equal("timers at the end", this.#clock.size, 0);
  }

  close(): void {
    this.#clock.uninstall();
  }

  note(line: string): void {
    this.log.push(line);
  }

  /** Some unit that is gone. */
  get gone(): ModelUnit | undefined {
    return [...this.#fakes.keys()].find(({ stage }) => stage === "gone");
  }

  readonly idOf = (lease: ModelLease): number => {
    const entered = this.#entered.get(lease) as Lease | CallInfo;
    return "key" in entered ? this.ledger.idOf(entered.key) : entered.id;
  };

  load(life: Life): void {
    const ids = Array.from({ length: MOST_UNITS }, (_, index) => `unit${index}@1`);
    const id = ids.find((each) => this.model.units.every((unit) => unit.id !== each));
    if (!id) return;
    this.note(`load ${life} ${id}`);
    const unit: ModelUnit = {
      id,
      life,
      stage: "active",
      isForced: false,
      isLost: false,
      batch: [],
      isFinalized: false,
      released: 0,
      releasedBefore: 0,
    };
    this.model.units.push(unit);
    const fake = new FakeUnit(id, life, this.ledger, this.#collector, this.#watch);
    this.#fakes.set(unit, fake);
    this.#watch.enter(fake, unit);
    this.#enter(fake.pin, { kind: "pin", on: unit, by: undefined, isTracked: false });
  }

  /** Takes a lease, on a unit that is gone, too: that is none. */
  take(on: ModelUnit, by: ModelUnit | undefined, random: Random): void {
    if (this.model.leases.length >= MOST_LEASES) return;
    const model = { kind: random.one(KINDS), on, by, isTracked: random.happens(50) };
    const of = this.model.leases.filter((lease) => lease.by === by && !lease.isCall && lease.kind !== "pin");
    const parent = of.length > 0 && random.happens(20) ? this.#entered.get(random.one(of)) : undefined;
    const hasHolder = model.isTracked || random.happens(50);
    const releasesItself = random.happens(50);
    const held = {
      letGo: (): void => {
        if (releasesItself) lease.release();
        this.model.release(entry);
      },
      get isCollected() {
        return entry.isCollected;
      },
    };
    const account = this.#fake(on).account;
    const holder = by && this.#fake(by).account;
    const isRefused = model.kind === "dependent" && by?.life === "permanent" && on.life !== "permanent";
    let lease: Lease;
    try {
      lease = account.take({
        kind: model.kind,
        label: `${model.kind} of ${on.id}`,
        holder,
        isTracked: model.isTracked,
        held: hasHolder ? held : undefined,
        parent: parent as Lease | undefined,
      });
    } catch (error) {
      if (!isRefused) throw error;
      return equal("the refusal", (error as { code?: string }).code, "permanent-depends");
    }
    if (isRefused) throw new Error(`${by.id} is permanent, and depends on ${on.id}.`);
    if (on.stage === "gone") return lease.release();
    const entry = this.#enter(lease, model);
    this.note(`take ${lease.id}: ${describe(entry)}${model.isTracked ? ", tracked" : ""}`);
  }

  call(on: ModelUnit, by: ModelUnit | undefined): void {
    if (this.model.leases.length >= MOST_LEASES) return;
    const call = this.#fake(on).call(by && this.#fake(by).account);
    const entry = this.#enter(call, { kind: "call", on, by, isTracked: false });
    this.#watch.called(call, entry);
    this.note(`begin ${this.idOf(entry)}: ${describe(entry)}`);
  }

  /** The holder lets go of a lease, or a call ends. */
  release(lease: ModelLease): void {
    const entered = this.#entered.get(lease) as Lease | CallInfo;
    this.note(`release ${this.idOf(lease)}`);
    if ("key" in entered) return this.#fake(lease.on).endCall(entered);
    entered.release();
    this.model.release(lease);
  }

  /** The page lets go of its hold of an automatic unit. */
  letGo(unit: ModelUnit): void {
    this.note(`release ${unit.id}`);
    this.#fake(unit).release();
    if (unit.life !== "auto") return;
    for (const lease of this.model.leases) if (lease.kind === "pin" && lease.on === unit) this.model.release(lease);
  }

  /** Somebody who has read a report has the holders let go. */
  revoke(leases: ModelLease[]): void {
    const ids = leases.map((lease) => this.idOf(lease));
    this.note(`revoke ${ids.join()}`);
    const revoked = leases.filter(({ kind, on }) => kind !== "pin" || on.life !== "permanent");
    equal("leases revoked", this.ledger.revoke(ids), revoked.length);
    for (const lease of revoked) this.model.release(lease);
  }

  /** Checks what the report says of a unit; returns what it says to release. */
  report(unit: ModelUnit, isThorough: boolean): ModelLease[] {
    const released = checkReport(this, unit, this.#fake(unit).whyAlive());
    if (isThorough && released.length > 0) checkSmallest(this, unit, released);
    return released;
  }

  /** Nobody uses a lease any more, which its holder has not been told yet. */
  collected(lease: ModelLease): void {
    this.note(`collected ${this.idOf(lease)}`);
    lease.isCollected = true;
  }

  unload(unit: ModelUnit, deadline: number): void {
    this.note(`unload ${unit.id} within ${deadline}`);
    this.#unloads.add(unit, this.#fake(unit).unload({ deadline }));
  }

  force(unit: ModelUnit): void {
    this.note(`force ${unit.id}`);
    this.#unloads.add(unit, this.#fake(unit).unload({ mode: "force" }));
  }

  /** Has a listener ask a unit to go by force as soon as the state of some unit changes. */
  forceLater(unit: ModelUnit): void {
    this.note(`force ${unit.id} at the next change`);
    this.#watch.atNextChange(() => this.force(unit));
  }

  async crash(unit: ModelUnit): Promise<void> {
    await this.halfTurn();
    if (unit.stage === "gone" || unit.isLost) return;
    this.note(`crash ${unit.id}`);
    unit.isLost = true;
    const wasActive = unit.stage === "active";
    unit.releasedBefore = wasActive ? unit.released : unit.releasedBefore;
    if (wasActive) this.#unloads.begun(unit, "crash");
    this.#unloads.rejected(unit, this.#unloads.callsOn(unit));
    this.#fake(unit).crash();
    if (wasActive) {
      this.#unloads.gone(unit);
      this.#unloads.add(unit, this.#fake(unit).unloaded.promise);
      return this.halfTurn();
    }
    this.model.clear(unit);
    await this.endFinalizers(unit, ["lost"]);
  }

  /** The finalizers of a unit come to their end, if they are running. */
  async endFinalizers(unit: ModelUnit, errors: unknown[]): Promise<void> {
    await this.halfTurn();
    if (unit.stage !== "finalizing" || unit.isFinalized) return;
    this.note(`finalizers of ${unit.id} end`);
    unit.isFinalized = true;
    this.#unloads.finalized(unit, errors);
    this.#fake(unit).endFinalizers?.(errors);
    await this.halfTurn();
    if (unit.stage === "finalizing" && unit.batch.every(({ isFinalized }) => isFinalized))
      throw new Error(`The batch of ${unit.id} does not go on.`);
  }

  /** Microtasks run, and nothing else. */
  async halfTurn(): Promise<void> {
    await microtasks();
    this.#watch.look();
  }

  /** A turn goes by: then exactly those go that nothing leads to. */
  async turn(): Promise<void> {
    this.note("turn");
    await this.halfTurn();
    while (!this.#clock.isIdle) {
      this.#clock.tick();
      await this.halfTurn();
    }
    const late = this.model.due();
    if (late.length > 0) throw new Error(`Nothing leads to ${late.map(({ id }) => id).join()}, which stays.`);
    this.#compare();
  }

  async pass(milliseconds: number): Promise<void> {
    this.note(`${milliseconds} ms pass`);
    this.#clock.pass(milliseconds);
    await this.turn();
  }

  #compare(): void {
    for (const [unit, fake] of this.#fakes) checkUnit(this, unit, fake);
    checkLedger(this);
  }

  #fake(unit: ModelUnit): FakeUnit {
    return this.#fakes.get(unit) as FakeUnit;
  }

  #enter(entered: Lease | CallInfo, lease: Omit<ModelLease, "isCall" | "isCollected">): ModelLease {
    const entry: ModelLease = { ...lease, isCall: "key" in entered, isCollected: false };
    this.model.leases.push(entry);
    this.#entered.set(entry, entered);
    return entry;
  }
}
