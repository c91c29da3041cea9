import { TokenBucket, type SessionLimit, type SessionLimits } from "../policy/index.js";
import { bytesOf } from "./wire/bytes-of.js";
import { LimitPassed } from "./wire/limit-passed.js";
import type { Packet } from "./wire/protocol.js";

/** What a session holds on account of the other side, in numbers. */
export interface IntakeCounts {
  /** Calls of the other side that are not answered. */
  pendingCalls(): number;
  /** Calls of this side that are not. */
  ownPendingCalls(): number;
  /** References in the direction that has more of them. */
  leases(): number;
}

/** Holds what comes in to limits. Whatever passes one throws LimitPassed. */
export class Intake {
  readonly #limits: SessionLimits;
  readonly #counts: IntakeCounts;
  readonly #operations: TokenBucket;

  constructor(limits: SessionLimits, counts: IntakeCounts) {
    this.#limits = limits;
    this.#counts = counts;
    this.#operations = new TokenBucket(limits.operationsPerSecond);
  }

  /** A message has come. */
  message(packet: Packet): void {
    const { messageBytes } = this.#limits;
    if (messageBytes === Infinity) return;
    const bytes = bytesOf(packet, messageBytes);
    if (bytes > messageBytes) throw new LimitPassed("messageBytes", bytes);
  }

  /** So many operations and notices are about to be run. */
  operations(count: number): void {
    const lacking = this.#operations.take(count);
    if (lacking > 0) throw new LimitPassed("operationsPerSecond", this.#limits.operationsPerSecond + lacking);
  }

  /** What has come was done. */
  done(): void {
    this.#check("pendingCalls", this.#counts.pendingCalls(), this.#limits.pendingCalls);
    this.#check("leases", this.#counts.leases(), this.#limits.leases);
  }

  /** Calls of this side's have left. */
  sent(): void {
    this.#check("pendingCalls", this.#counts.ownPendingCalls(), this.#limits.ownPendingCalls);
  }

  /** What a limit is. */
  most(limit: SessionLimit): number {
    return this.#limits[limit];
  }

  #check(limit: SessionLimit, seen: number, most: number): void {
    if (seen > most) throw new LimitPassed(limit, seen);
  }
}
