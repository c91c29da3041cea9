import { TokenBucket, type SessionLimit, type SessionLimits } from "../policy/index.js";
import { bytesOf } from "./wire/bytes-of.js";
import { LimitPassed } from "./wire/limit-passed.js";
import type { Packet } from "./wire/protocol.js";

/** Messages that somebody who waits for answers cannot have sent before the page got to anything else. */
const MOST_MESSAGES = 4096;

/** Messages from which on it is worth asking whether the page gets to anything else. */
const MANY = 256;

/** What a session knows of the other side. */
export interface IntakeOptions {
  /** Whether it waits for answers before it sends too much. */
  isPaced: boolean;
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
  readonly #options: IntakeOptions;
  readonly #operations: TokenBucket;
  /** Messages since the page last got to something else; those of notices alone wait for nobody, and count less. */
  #messages = 0;
  /** Notices that bring what this side has asked for. */
  #owed = 0;
  #isWaiting = false;

  constructor(limits: SessionLimits, options: IntakeOptions) {
    this.#limits = limits;
    this.#options = options;
    this.#operations = new TokenBucket(limits.operationsPerSecond);
  }

  /** A message has come. */
  message(packet: Packet): void {
    const { messageBytes } = this.#limits;
    if (messageBytes === Infinity) return;
    const bytes = bytesOf(packet, messageBytes);
    if (bytes > messageBytes) throw new LimitPassed("messageBytes", bytes);
  }

  /** A message of so many operations and notices is about to be run. */
  request(operations: number, notices: number): void {
    const owed = Math.min(notices, this.#owed);
    this.#owed -= owed;
    const asked = Math.max(operations + notices, 1) - owed;
    if (asked === 0) return;
    const lacking = this.#operations.take(asked);
    if (lacking > 0) throw new LimitPassed("operationsPerSecond", this.#limits.operationsPerSecond + lacking);
    if (this.#options.isPaced) this.#checkTurn(operations === 0 && notices > 0 ? 0.125 : 1);
  }

  /** Calls of this side's were answered; the results of so many come later, each with a notice that is not counted. */
  answered(late: number): void {
    this.#owed += late;
  }

  /** What has come was done. */
  done(): void {
    this.#check("pendingCalls", this.#options.pendingCalls(), this.#limits.pendingCalls);
    this.#check("leases", this.#options.leases(), this.#limits.leases);
  }

  /** Calls of this side's have left. */
  sent(): void {
    this.#check("pendingCalls", this.#options.ownPendingCalls(), this.#limits.ownPendingCalls);
  }

  /** What a limit is. */
  most(limit: SessionLimit): number {
    return this.#limits[limit];
  }

  /** A queue full of messages holds back all that the page has to do. Closing the port empties it. */
  #checkTurn(cost: number): void {
    this.#messages += cost;
    if (this.#messages >= MANY && !this.#isWaiting) this.#awaitTurn();
    if (this.#messages < MOST_MESSAGES || this.#limits.operationsPerSecond === Infinity) return;
    throw new LimitPassed("operationsPerSecond", `sent ${MOST_MESSAGES} messages without waiting for answers`);
  }

  #awaitTurn(): void {
    this.#isWaiting = true;
    // A timer may be a minute late in a page that nobody looks at.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      this.#messages = 0;
      this.#isWaiting = false;
      port1.close();
    };
    port2.postMessage(null);
  }

  #check(limit: SessionLimit, seen: number, most: number): void {
    if (seen > most) throw new LimitPassed(limit, seen);
  }
}
