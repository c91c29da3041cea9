import { LeaseholdError } from "../errors.js";
import { withinTime } from "../time.js";
import type { LeaseSnapshot } from "./lease.js";
import type { Receipt, Released } from "./receipt.js";

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
  setState(state: "unloading" | "finalizing" | "unloaded"): void;
  /** Exports close, and the unit is told that it is asked to go. */
  leave(): void;
  /** What still holds the unit. */
  holders(): LeaseSnapshot[];
  /** Resolves when nothing holds the unit. */
  clear(): Promise<void>;
  /** Rejects pending calls; returns how many. */
  rejectCalls(): number;
  /** Runs the unit's finalizers within their deadline; resolves with what they threw. */
  finalize(): Promise<unknown[]>;
  /** Releases the explicit leases, revokes, closes, removes; returns what that gave back. */
  remove(): { rejectedCalls: number; released: Released & { leases: number } };
}

/**
 * One unit's way out. It happens once, however often it is asked for.
 *
 * 1. The unit is `unloading`: its exports close, what was handed out goes on working.
 * 2. It waits until nothing holds the unit. Force skips this, and rejects what is pending.
 * 3. It is `finalizing`: `deactivate` and disposers run, awaited within their deadline.
 * 4. If that let somebody take hold of the unit again, back to 2.
 * 5. URLs are revoked, the port is closed, the frame is removed: it is `unloaded`, and there is a receipt.
 */
export class Unloading {
  readonly #unit: Unloadable;
  readonly #since = performance.now();
  readonly #forced = Promise.withResolvers<void>();
  readonly #receipt = Promise.withResolvers<Receipt>();
  #isForced = false;
  #rejectedCalls = 0;

  constructor(unit: Unloadable) {
    this.#unit = unit;
  }

  /** Sets out; to be called once, by the owner, who may be asked to join already while this runs. */
  start(): Promise<Receipt> {
    this.#run().then(this.#receipt.resolve, this.#receipt.reject);
    return this.#receipt.promise;
  }

  /**
   * Joins in.
   * @throws LeaseholdError "UnloadBlockedError" (`unload-blocked`) past the deadline, naming what holds the unit
   */
  join({ mode = "wait", deadline = DEADLINE }: UnloadOptions): Promise<Receipt> {
    if (mode !== "force") return withinTime(this.#receipt.promise, deadline, () => this.#blocked(deadline));
    if (!this.#isForced) {
      this.#isForced = true;
      this.#rejectedCalls += this.#unit.rejectCalls();
      this.#forced.resolve();
    }
    return this.#receipt.promise;
  }

  async #run(): Promise<Receipt> {
    const unit = this.#unit;
    let finalizerErrors: unknown[] = [];
    unit.leave();
    do {
      unit.setState("unloading");
      await Promise.race([unit.clear(), this.#forced.promise]);
      unit.setState("finalizing");
      finalizerErrors = [...finalizerErrors, ...(await unit.finalize())];
    } while (!this.#isForced && unit.holders().length > 0);
    const { rejectedCalls, released } = unit.remove();
    unit.setState("unloaded");
    return {
      unit: unit.id,
      reason: this.#isForced ? "forced" : "requested",
      duration: performance.now() - this.#since,
      released,
      rejectedCalls: this.#rejectedCalls + rejectedCalls,
      finalizerErrors,
    };
  }

  #blocked(deadline: number): LeaseholdError {
    const holders = this.#unit.holders();
    const lines = holders.map(({ kind, label, since }) => `- ${kind} ${label}, for ${Date.now() - since} ms`);
    const message =
      `${this.#unit.id} is still loaded ${deadline} ms after it was asked to go. ` +
      (holders.length
        ? `What holds it:\n${lines.join("\n")}\nIt goes when these have cleared; unload({ mode: "force" }) does not wait.`
        : `Its finalizers are still running; they have a deadline of their own.`);
    return new LeaseholdError("UnloadBlockedError", "unload-blocked", message, { unit: this.#unit.id });
  }
}
