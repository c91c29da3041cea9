import { Kind } from "./kind.js";
import type { Operation, Target } from "./protocol.js";
import { nameOf } from "./run-operations.js";

/** An operation of ours on its way, and who waits for it. */
export interface PendingCall {
  readonly operation: Operation;
  readonly since: number;
  /** False once it has settled, and always for what nobody waits for. */
  isAwaited: boolean;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A call that somebody is waiting for: what it is and since when (epoch ms). */
export interface PendingCallInfo {
  label: string;
  since: number;
}

/** All calls of one end that somebody waits for. Each settles once, here, so that the counts are right at any time. */
export class PendingCalls {
  readonly #awaited = new Set<PendingCall>();
  readonly #counts = new Map<Target, number>();
  #onIdle: { target: Target; resolve(): void }[] = [];

  /** A late result that we deliver is an operation too, but nobody waits for its outcome. */
  add(call: PendingCall): void {
    if (call.operation[0] === Kind.settle) return;
    call.isAwaited = true;
    this.#awaited.add(call);
    this.#counts.set(call.operation[1], this.count(call.operation[1]) + 1);
  }

  count(target: Target): number {
    return this.#counts.get(target) ?? 0;
  }

  /** The calls to a target, or to any. */
  to(target?: Target): PendingCall[] {
    return [...this.#awaited].filter(({ operation }) => target === undefined || operation[1] === target);
  }

  describe(target: Target): PendingCallInfo[] {
    return this.to(target).map(({ operation, since }) => ({ label: nameOf(operation), since }));
  }

  /** Resolves once no call to a target is left. */
  idle(target: Target): Promise<void> {
    if (this.count(target) === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push({ target, resolve }));
  }

  resolve(call: PendingCall, value: unknown): void {
    if (this.#settle(call)) call.resolve(value);
  }

  reject(call: PendingCall, error: unknown): void {
    if (this.#settle(call)) call.reject(error);
  }

  #settle(call: PendingCall): boolean {
    if (!call.isAwaited) return false;
    call.isAwaited = false;
    this.#awaited.delete(call);
    const target = call.operation[1];
    const left = this.count(target) - 1;
    this.#counts.set(target, left);
    if (left === 0 && this.#onIdle.length > 0) this.#becameIdle(target);
    return true;
  }

  #becameIdle(target: Target): void {
    for (const waiting of this.#onIdle) if (waiting.target === target) waiting.resolve();
    this.#onIdle = this.#onIdle.filter((waiting) => waiting.target !== target);
  }
}
