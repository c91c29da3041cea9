import { LeaseholdError } from "../errors.js";
import { withinTime } from "../time.js";
import type { Account } from "./account.js";
import type { Collector, Leaving } from "./collector.js";
import type { Receipt, Released } from "./receipt.js";
import type { WhyAlive } from "./why-alive.js";

/** Milliseconds that `unload` waits for leases before it says what holds the unit. */
const DEADLINE = 10_000;

export interface UnloadOptions {
  /** wait (default): goes once what holds it has cleared. force: does not wait for that. */
  mode?: "wait" | "force";
  /** Milliseconds after which a waiting `unload` rejects; the unit still goes when it can. */
  deadline?: number;
}

/** What unloading does to a unit, step by step. The order is not the unit's business. */
export interface Unloadable {
  readonly id: string;
  readonly account: Account;
  setState(state: "unloading" | "finalizing" | "unloaded"): void;
  /** Exports close, the page's own hold ends, and the unit is told that it is asked to go. */
  leave(): void;
  whyAlive(): WhyAlive;
  /** Rejects pending calls; returns how many. */
  rejectCalls(): number;
  /** Runs the unit's finalizers within their deadline; resolves with what they threw. */
  finalize(): Promise<unknown[]>;
  /** Releases the leases, revokes, closes, removes; returns what that gave back. */
  remove(): { rejectedCalls: number; released: Released };
}

/**
 * One unit's way out. It happens once, however often it is asked for.
 *
 * 1. The unit is `unloading`: its exports close, what was handed out goes on working.
 * 2. It waits until nothing leads to it (see `Collector`). Force skips this, and rejects what is pending.
 * 3. It is `finalizing`: `deactivate` and disposers run, awaited within their deadline.
 * 4. If that let somebody take hold of the unit again, back to 2.
 * 5. URLs are revoked, the port is closed, the frame is removed: it is `unloaded`, and there is a receipt.
 */
export class Unloading implements Leaving {
  /** Epoch milliseconds at which it was asked for. */
  readonly askedAt = Date.now();
  readonly #unit: Unloadable;
  readonly #collector: Collector;
  #reason: Receipt["reason"];
  readonly #since = performance.now();
  readonly #receipt = Promise.withResolvers<Receipt>();
  readonly #finalizerErrors: unknown[] = [];
  #isForced = false;
  #isBegun = false;
  #releasedBefore = 0;
  #rejectedCalls = 0;
  #released: Released | undefined;

  constructor(unit: Unloadable, collector: Collector, reason: Receipt["reason"] = "requested") {
    this.#unit = unit;
    this.#collector = collector;
    this.#reason = reason;
  }

  get account(): Account {
    return this.#unit.account;
  }

  get isForced(): boolean {
    return this.#isForced;
  }

  /** What the unit gave back, once it has gone. */
  get receipt(): Promise<Receipt> {
    return this.#receipt.promise;
  }

  /** Sets out; to be called once, by the owner, who may be asked to join already while this runs. */
  begin(): void {
    this.#releasedBefore = this.account.released;
    this.#unit.leave();
    this.#unit.setState("unloading");
    this.#isBegun = true;
  }

  /**
   * Joins in.
   * @throws LeaseholdError "UnloadBlockedError" (`unload-blocked`) past the deadline: its message is the `whyAlive` report, its
   *   cause the same as data
   */
  join({ mode = "wait", deadline = DEADLINE }: UnloadOptions): Promise<Receipt> {
    if (mode !== "force") return withinTime(this.receipt, deadline, () => this.#blocked());
    if (!this.#isForced) {
      this.#isForced = true;
      this.#rejectedCalls += this.#unit.rejectCalls();
      // One that is only beginning comes to the collector as a forced one.
      if (this.#isBegun) this.#collector.hurry(this);
    }
    return this.receipt;
  }

  /** It will be forced, if it has not gone by then: what holds it is being ended for its sake. */
  announceForce(): void {
    this.#reason = "forced";
  }

  async finalize(): Promise<void> {
    this.#unit.setState("finalizing");
    this.#finalizerErrors.push(...(await this.#unit.finalize()));
  }

  wait(): void {
    this.#unit.setState("unloading");
  }

  remove(): void {
    const { rejectedCalls, released } = this.#unit.remove();
    this.#rejectedCalls += rejectedCalls;
    this.#released = released;
  }

  finish(): void {
    this.#unit.setState("unloaded");
    const released = this.#released as Released;
    this.#receipt.resolve({
      unit: this.#unit.id,
      reason: this.#isForced ? "forced" : this.#reason,
      duration: performance.now() - this.#since,
      released: { ...released, leases: this.account.released - this.#releasedBefore },
      rejectedCalls: this.#rejectedCalls,
      finalizerErrors: this.#finalizerErrors,
    });
  }

  #blocked(): LeaseholdError {
    const report = this.#unit.whyAlive();
    const { id: unit } = this.#unit;
    return new LeaseholdError("UnloadBlockedError", "unload-blocked", String(report), { unit, cause: report });
  }
}
