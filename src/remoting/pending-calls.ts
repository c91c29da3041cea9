import { Kind } from "./kind.js";
import type { MemberPath, Operation, Target } from "./protocol.js";
import { nameOf } from "./name-of.js";

/** An operation of ours on its way, and who waits for it. */
export interface PendingCall {
  readonly operation: Operation;
  /** Of the member that it reaches; the operation itself may have it by reference. */
  readonly path: MemberPath | undefined;
  /** Epoch milliseconds. */
  since: number;
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

/** Every call of one end, from when it is made until it has settled, which it does once, here: the counts are always right. */
export class PendingCalls {
  /** Calls that leave at the end of this turn. */
  #queue: PendingCall[] = [];
  /** By chunk, because an entry of its own for each of ten thousand calls would cost more than sending them. */
  readonly #sent = new Set<PendingCall[]>();
  /** By number: calls whose result did not come with their chunk's answer. */
  readonly #late = new Map<number, PendingCall>();
  /** By target. */
  readonly #counts: number[] = [];
  #onIdle: { target: Target; resolve(): void }[] = [];

  /** @returns whether it is the first of this turn */
  add(call: PendingCall): boolean {
    // A late result that we deliver is an operation too, but nobody waits for its outcome.
    if (call.operation[0] !== Kind.settle) {
      call.isAwaited = true;
      this.#counts[call.operation[1]] = this.count(call.operation[1]) + 1;
    }
    // One look at the clock serves all the calls of a turn.
    call.since = this.#queue[0]?.since ?? Date.now();
    return this.#queue.push(call) === 1;
  }

  /** Takes out what is to be sent: what nobody waits for any more is not, what we owe the other side still is. */
  takeQueue(): PendingCall[] {
    const queue = this.#queue;
    this.#queue = [];
    return queue.filter(({ isAwaited, operation }) => isAwaited || operation[0] === Kind.settle);
  }

  sent(chunk: PendingCall[]): void {
    this.#sent.add(chunk);
  }

  answered(chunk: PendingCall[]): void {
    this.#sent.delete(chunk);
  }

  keepLate(number: number, call: PendingCall): void {
    this.#late.set(number, call);
  }

  takeLate(number: number): PendingCall | undefined {
    const call = this.#late.get(number);
    this.#late.delete(number);
    return call;
  }

  count(target: Target): number {
    return this.#counts[target] ?? 0;
  }

  /** The calls to a target, or to any. */
  to(target?: Target): PendingCall[] {
    const calls = [...[...this.#sent].flat(), ...this.#late.values(), ...this.#queue];
    return calls.filter(({ isAwaited, operation }) => isAwaited && (target === undefined || operation[1] === target));
  }

  describe(target: Target): PendingCallInfo[] {
    return this.to(target).map((call) => ({ label: nameOfCall(call), since: call.since }));
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
    const target = call.operation[1];
    const left = this.count(target) - 1;
    this.#counts[target] = left;
    if (left === 0 && this.#onIdle.length > 0) this.#becameIdle(target);
    return true;
  }

  #becameIdle(target: Target): void {
    for (const waiting of this.#onIdle) if (waiting.target === target) waiting.resolve();
    this.#onIdle = this.#onIdle.filter((waiting) => waiting.target !== target);
  }
}

/** The name by which a person knows a call. */
export function nameOfCall({ operation, path }: PendingCall): string {
  return path === undefined ? "a late result" : nameOf(operation[0], path);
}
