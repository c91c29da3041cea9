import type { Receipt, WhyAlive } from "../../../src/lifetime/index.js";
import { equal } from "./check.js";
import type { Model, ModelUnit } from "./model.js";

/** What a unit's receipt has to say. */
interface Expected {
  reason: Receipt["reason"];
  rejectedCalls: number;
  errors: unknown[];
  /** As of the moment in which it had gone. */
  leases?: number;
}

interface Asked {
  unit: ModelUnit;
  outcome?: { receipt: Receipt } | { error: unknown };
}

/** Everybody who has asked a unit to go, and what they have to hear. */
export class Unloads {
  readonly #asked: Asked[] = [];
  readonly #expected = new Map<ModelUnit, Expected>();
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  add(unit: ModelUnit, promise: Promise<Receipt>): void {
    const asked: Asked = { unit };
    this.#asked.push(asked);
    promise.then(
      (receipt) => (asked.outcome = { receipt }),
      (error: unknown) => (asked.outcome = { error }),
    );
  }

  begun(unit: ModelUnit, reason: Receipt["reason"]): void {
    this.#expected.set(unit, { reason, rejectedCalls: 0, errors: [] });
  }

  rejected(unit: ModelUnit, calls: number): void {
    this.#of(unit).rejectedCalls += calls;
  }

  finalized(unit: ModelUnit, errors: unknown[]): void {
    this.#of(unit).errors.push(...errors);
  }

  gone(unit: ModelUnit): void {
    const expected = this.#of(unit);
    if (unit.isForced && expected.reason !== "crash") expected.reason = "forced";
    expected.leases = unit.released - unit.releasedBefore;
  }

  /** Everybody has heard, and what was so. */
  checkEnd(): void {
    const receipts = new Map<ModelUnit, Receipt>();
    for (const { unit, outcome } of this.#asked) {
      if (!outcome) throw new Error(`Somebody who asked ${unit.id} to go has not heard.`);
      if ("error" in outcome) {
        checkBlocked(unit, outcome.error as Error & { code: string; cause: WhyAlive });
        continue;
      }
      const { receipt } = outcome;
      if (receipts.get(unit) !== receipt) this.#check(unit, receipt);
      if (receipts.has(unit)) equal(`the receipt of ${unit.id}`, receipt, receipts.get(unit));
      receipts.set(unit, receipt);
    }
  }

  #check(unit: ModelUnit, { unit: id, reason, released, rejectedCalls, finalizerErrors }: Receipt): void {
    const expected = this.#of(unit);
    equal("whose receipt it is", id, unit.id);
    equal(`why ${id} has gone`, reason, expected.reason);
    equal(`leases that ${id} gave back`, released.leases, expected.leases);
    equal(`frames that ${id} gave back`, released.frames, 1);
    equal(`rejected calls of ${id}`, rejectedCalls, expected.rejectedCalls);
    equal(`errors of ${id}`, finalizerErrors.join(), expected.errors.join());
  }

  /** How many calls of others are under way that would be rejected. */
  callsOn(unit: ModelUnit): number {
    return this.#model.leases.filter(({ on, by, isCall }) => isCall && on === unit && by !== unit).length;
  }

  #of(unit: ModelUnit): Expected {
    return this.#expected.get(unit) as Expected;
  }
}

function checkBlocked(
  unit: ModelUnit,
  { name, code, cause, message }: Error & { code: string; cause: WhyAlive },
): void {
  equal("the error", `${name} ${code}`, "UnloadBlockedError unload-blocked");
  equal("what is blocked", cause.unit, unit.id);
  if (!message.startsWith(unit.id)) throw new Error(`It says "${message}".`);
}
