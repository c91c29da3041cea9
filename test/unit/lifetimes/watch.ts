import type { CallInfo, Receipt, WhyAlive } from "../../../src/lifetime/index.js";
import { checkReport, equal } from "./check.js";
import type { FakeUnit, FakeUnitHooks } from "./fake-unit.js";
import type { ModelLease, ModelUnit } from "./model.js";
import type { Unloads } from "./unloads.js";
import type { World } from "./world.js";

/** Hears of what is done with units in the moment in which it is done, has the model do the same, and tells whether it should be. */
export class Watch implements FakeUnitHooks {
  readonly #world: World;
  readonly #unloads: Unloads;
  readonly #models = new Map<FakeUnit, ModelUnit>();
  readonly #calls = new Map<CallInfo, ModelLease>();
  /** Units whose finalizers have begun since the last look, and those that should have begun to go then. */
  readonly #started = new Set<ModelUnit>();
  #due: ModelUnit[] | undefined;
  /** The unit that is being asked to go at this moment. */
  #asked: ModelUnit | undefined;
  #listener: (() => void) | undefined;

  constructor(world: World, unloads: Unloads) {
    this.#world = world;
    this.#unloads = unloads;
  }

  enter(fake: FakeUnit, unit: ModelUnit): void {
    this.#models.set(fake, unit);
  }

  called(call: CallInfo, lease: ModelLease): void {
    this.#calls.set(call, lease);
  }

  /** Has a listener hear of the next change of some unit's state. */
  atNextChange(listener: () => void): void {
    this.#listener = listener;
  }

  /** Whoever has begun to go is all that nothing led to. */
  look(): void {
    const { faults, model } = this.#world;
    if (faults.length > 0) throw faults[0] as Error;
    const due = this.#due?.filter(({ stage }) => stage === "active" || stage === "waiting") ?? [];
    const started = [...this.#started];
    const names = (units: ModelUnit[]): string =>
      units
        .map(({ id }) => id)
        .sort()
        .join();
    equal("units that begin to go", names(started), names(due));
    if (started.length > 0) this.#world.note(`finalizing ${names(started)}`);
    model.finalize(started);
    this.#started.clear();
    this.#due = undefined;
  }

  asked<T>(fake: FakeUnit, act: () => T): T {
    const outer = this.#asked;
    this.#asked = this.#of(fake);
    const result = act();
    this.#asked = outer;
    return result;
  }

  begun(fake: FakeUnit, reason: Receipt["reason"]): void {
    const { model } = this.#world;
    if (reason === "collected") this.#due ??= model.due();
    this.#unloads.begun(this.#of(fake), reason);
    model.begin(this.#of(fake));
  }

  rejecting(fake: FakeUnit): void {
    const unit = this.#of(fake);
    unit.isForced = true;
    this.#unloads.rejected(unit, this.#unloads.callsOn(unit));
  }

  changed(fake: FakeUnit): void {
    const unit = this.#of(fake);
    if (fake.state === "finalizing" && !this.#goesAlone(unit)) this.#due ??= this.#world.model.due();
    if (fake.state === "unloading" && unit.stage === "finalizing") this.#finish(unit, "waiting");
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.();
    if (fake.state === "unloaded") this.#unloads.gone(unit);
  }

  finalizing(fake: FakeUnit): void {
    const unit = this.#of(fake);
    if (this.#goesAlone(unit)) this.#world.model.finalize([unit]);
    else if (this.#started.has(unit)) this.#fault(new Error(`${unit.id} is finalized twice at once.`));
    else this.#started.add(unit);
  }

  removing(fake: FakeUnit): void {
    const unit = this.#of(fake);
    if (unit.stage !== "active") {
      this.#finish(unit, "leaving");
      this.#unloads.rejected(unit, this.#unloads.callsOn(unit));
    }
    this.#world.model.remove(unit);
  }

  reported(fake: FakeUnit, report: WhyAlive): void {
    try {
      checkReport(this.#world, this.#of(fake), report);
    } catch (error) {
      this.#fault(error);
    }
  }

  callEnded(call: CallInfo): void {
    this.#world.model.release(this.#calls.get(call) as ModelLease);
  }

  #of(fake: FakeUnit): ModelUnit {
    return this.#models.get(fake) as ModelUnit;
  }

  /** Whether it is taken by itself, because somebody who asks it to go at this moment does not wait. */
  #goesAlone(unit: ModelUnit): boolean {
    return this.#asked === unit && unit.isForced;
  }

  #finish(unit: ModelUnit, stage: ModelUnit["stage"]): void {
    if (unit.stage === "finalizing") {
      const running = unit.batch.find(({ isFinalized }) => !isFinalized);
      if (running) this.#fault(new Error(`${unit.id} goes on before the finalizers of ${running.id} have ended.`));
      this.#world.model.finish(unit.batch);
    }
    if (unit.stage !== stage) this.#fault(new Error(`${unit.id} should be ${unit.stage}, and is ${stage}.`));
  }

  /** What is thrown here would be thrown in the library. */
  #fault(error: unknown): void {
    this.#world.faults.push(error);
  }
}
