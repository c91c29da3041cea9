import { expose, transfer as moveWith, wrap } from "comlink";
import { LeaseholdError } from "../errors.js";
import { requireCloneable } from "./cloneable.js";
import { guardedEndpoints, type Endpoints } from "./endpoints.js";
import { fromThrown, toThrown } from "./error-record.js";
import { isAnswer } from "./guard.js";
import { Kind } from "./kind.js";
import type { Answer, MemberPath, Operation, Target, Thrown } from "./protocol.js";
import { nameOf, runOperations } from "./run-operations.js";
import { transfersOf } from "./transfer.js";

export interface SessionOptions {
  /** What the other side may call, by number. */
  exposed?: Iterable<[Target, object]>;
  /** Whether errors carry this side's stack to the other. Default false: a stack tells of the code around it. */
  withStack?: boolean;
  /** Called before each operation of the other side. */
  beforeOperation?(): void;
}

/** A call of ours that has not settled. */
interface PendingCall {
  operation: Operation;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  since: number;
  /** False for what nobody waits for (any more). */
  isAwaited: boolean;
}

/** A call that somebody is waiting for: what it is and since when (epoch ms). */
export interface PendingCallInfo {
  label: string;
  since: number;
}

/** Comlink's remote for the one function that the other side exposes. */
type Run = (first: number, operations: Operation[]) => Promise<unknown>;

const ignore = (): void => {};

/**
 * One end of a port, and both directions over it: what is called in one turn of the event loop leaves as one message,
 * and one message answers it. Every promise it gives out settles, at the latest when the session closes.
 *
 * The session owns the port.
 */
export class Session {
  /** Resolves with the reason once the session has closed. */
  readonly closed: Promise<unknown>;

  readonly #endpoints: Endpoints;
  readonly #exposed: Map<Target, object>;
  /** Held for the session's life: Comlink would send a message of its own when it is collected. */
  readonly #run: Run;
  readonly #options: SessionOptions;
  #resolveClosed: (reason: unknown) => void = ignore;
  #isClosed = false;
  #closeReason: (label: string) => unknown = ignore;

  #queue: PendingCall[] = [];
  #nextId = 0;
  #nextIdOfPeer = 0;
  readonly #inFlight = new Set<PendingCall[]>();
  readonly #late = new Map<number, PendingCall>();
  readonly #pending = new Map<Target, number>();
  #rejected = 0;
  #onIdle: { target: Target; resolve: () => void }[] = [];
  #unsendable: unknown;

  constructor(port: MessagePort, options: SessionOptions = {}) {
    this.#options = options;
    this.#exposed = new Map(options.exposed);
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#endpoints = guardedEndpoints(port, {
      onViolation: (fault) => this.#violation(fault),
      onUnsendable: (error) => (this.#unsendable = { error }),
      repair: (answer) => repairAnswer(answer as Answer, options.withStack ?? false),
    });
    expose((first: number, operations: Operation[]) => this.#execute(first, operations), this.#endpoints.requests);
    this.#run = wrap<Run>(this.#endpoints.replies) as Run;
  }

  /** Lets the other side call the members of `object` under a number. */
  expose(target: Target, object: object): void {
    this.#exposed.set(target, object);
  }

  /**
   * Records a call of a member of what the other side exposes; it travels at the end of this turn.
   * @returns the result; rejects with what the member threw, with LeaseholdError "DataError" for arguments that are not
   *   data, or with the reason for which the session closed
   */
  call(target: Target, path: MemberPath, args: readonly unknown[]): Promise<unknown> {
    if (!args.every(isPrimitive)) {
      try {
        args.forEach((arg, index) => requireCloneable(arg, `Argument ${index + 1} of ${String(path)}()`));
      } catch (error) {
        return Promise.reject(error as Error);
      }
    }
    return this.#enqueue([Kind.call, target, path, ...args]);
  }

  /** Reads a member of what the other side exposes. */
  get(target: Target, path: MemberPath): Promise<unknown> {
    return this.#enqueue([Kind.get, target, path]);
  }

  /** How many calls of ours to a target have not settled. */
  pending(target: Target): number {
    return this.#pending.get(target) ?? 0;
  }

  /** The calls of ours to a target that have not settled. */
  pendingCalls(target: Target): PendingCallInfo[] {
    return this.#awaited(target).map(({ operation, since }) => ({ label: nameOf(operation), since }));
  }

  /** Resolves once no call of ours to a target is unsettled. */
  idle(target: Target): Promise<void> {
    if (this.pending(target) === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push({ target, resolve }));
  }

  /**
   * Closes the port and rejects every call of ours that has not settled, and every later one.
   * @param reason what they reject with; a function is given the call's name and makes one each
   * @returns how many were rejected; the same number when it was closed already
   */
  close(reason: unknown): number {
    if (this.#isClosed) return this.#rejected;
    this.#isClosed = true;
    this.#closeReason = typeof reason === "function" ? (reason as (label: string) => unknown) : () => reason;
    this.#endpoints.close();
    this.#rejected = this.#abandon(this.#awaited(), this.#closeReason);
    this.#inFlight.clear();
    this.#late.clear();
    this.#resolveClosed(typeof reason === "function" ? this.#closeReason("session") : reason);
    return this.#rejected;
  }

  /**
   * Rejects every call of ours to a target that has not settled, and leaves the session open. What was not sent is not sent
   * any more.
   * @param reasonFor makes what a call rejects with, from its name
   * @returns how many were rejected
   */
  abandon(target: Target, reasonFor: (label: string) => unknown): number {
    return this.#abandon(this.#awaited(target), reasonFor);
  }

  #abandon(calls: PendingCall[], reasonFor: (label: string) => unknown): number {
    const abandoned = new Set(calls);
    this.#queue = this.#queue.filter((call) => !abandoned.has(call));
    for (const call of calls) this.#reject(call, reasonFor(nameOf(call.operation)));
    return calls.length;
  }

  #awaited(target?: Target): PendingCall[] {
    const calls = [...[...this.#inFlight].flat(), ...this.#late.values(), ...this.#queue];
    return calls.filter(({ isAwaited, operation }) => isAwaited && (target === undefined || operation[1] === target));
  }

  #enqueue(operation: Operation): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(this.#closeReason(nameOf(operation)) as Error);
    return new Promise((resolve, reject) => {
      this.#count(operation[1], 1);
      this.#push({ operation, resolve, reject, since: Date.now(), isAwaited: true });
    });
  }

  #push(call: PendingCall): void {
    if (this.#queue.push(call) === 1) queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    const calls = this.#queue;
    this.#queue = [];
    if (calls.length > 0 && !this.#isClosed) this.#send(calls);
  }

  #send(calls: PendingCall[]): void {
    const first = this.#nextId;
    const operations = calls.map(({ operation }) => operation);
    const transfers = transfersOf(operations.flatMap((operation) => operation.slice(3)));
    this.#nextId += calls.length;
    this.#unsendable = undefined;
    // Comlink posts before it returns, so what could not be cloned is known here, and no number has been used up.
    const reply = this.#run(first, transfers.length ? moveWith(operations, transfers) : operations);
    if (this.#unsendable === undefined) {
      this.#inFlight.add(calls);
      void reply.then((answer) => this.#receive(answer, first, calls));
      return;
    }
    this.#nextId = first;
    if (calls.length > 1) for (const call of calls) this.#send([call]);
    else this.#reject(calls[0] as PendingCall, unsendable(calls[0] as PendingCall, this.#unsendable));
  }

  #receive(answer: unknown, first: number, calls: PendingCall[]): void {
    if (!this.#inFlight.has(calls)) return;
    if (!isAnswer(answer, calls.length)) return this.#violation("an answer that does not fit its chunk");
    this.#inFlight.delete(calls);
    const [values, failures = [], late = []] = answer;
    const failed = new Map(failures);
    for (const index of late) this.#late.set(first + index, calls[index] as PendingCall);
    calls.forEach((call, index) => {
      const thrown = failed.get(index);
      if (thrown) this.#reject(call, fromThrown(thrown));
      else if (!late.length || !this.#late.has(first + index)) this.#resolve(call, values[index]);
    });
  }

  #execute(first: number, operations: Operation[]): Answer | Promise<Answer> {
    if (first !== this.#nextIdOfPeer) {
      this.#violation("a chunk out of order");
      return [[]];
    }
    this.#nextIdOfPeer += operations.length;
    return runOperations(operations, {
      exposed: this.#exposed,
      withStack: this.#options.withStack ?? false,
      beforeOperation: this.#options.beforeOperation,
      onSettle: (id, succeeded, value) => this.#settleLate(id, succeeded, value),
      onLate: (index, succeeded, value) => {
        const operation: Operation = [Kind.settle, first + index, succeeded, value];
        if (!this.#isClosed) this.#push({ operation, resolve: ignore, reject: ignore, since: 0, isAwaited: false });
      },
    });
  }

  #settleLate(id: number, succeeded: boolean, value: unknown): void {
    const call = this.#late.get(id);
    if (!call) return this.#violation("a result that nobody waits for");
    this.#late.delete(id);
    if (succeeded) this.#resolve(call, value);
    else this.#reject(call, fromThrown(value as Thrown));
  }

  #resolve(call: PendingCall, value: unknown): void {
    if (this.#settle(call)) call.resolve(value);
  }

  #reject(call: PendingCall, error: unknown): void {
    if (this.#settle(call)) call.reject(error);
  }

  /** @returns whether somebody was waiting */
  #settle(call: PendingCall): boolean {
    if (!call.isAwaited) return false;
    call.isAwaited = false;
    this.#count(call.operation[1], -1);
    return true;
  }

  #count(target: Target, by: 1 | -1): void {
    const pending = this.pending(target) + by;
    this.#pending.set(target, pending);
    if (pending > 0 || this.#onIdle.length === 0) return;
    for (const waiting of this.#onIdle) if (waiting.target === target) waiting.resolve();
    this.#onIdle = this.#onIdle.filter((waiting) => waiting.target !== target);
  }

  #violation(fault: string): void {
    this.close(
      new LeaseholdError("DataError", "protocol-violation", `The other side sent ${fault}; the session with it was closed.`),
    );
  }
}

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol");
}

function unsendable({ operation }: PendingCall, fault: unknown): LeaseholdError {
  const cause = (fault as { error: unknown }).error;
  return new LeaseholdError("DataError", "not-cloneable", `An argument of ${nameOf(operation)} cannot be sent: ${String(cause)}`, {
    cause,
  });
}

/** Keeps what of an answer can be cloned, and turns the rest into failures of their own. */
function repairAnswer([values, failures = [], late = []]: Answer, withStack: boolean): Answer {
  const failed = [...failures];
  const kept = values.map((value, index) => {
    try {
      return structuredClone(value);
    } catch (error) {
      failed.push([index, toThrown(error, withStack)]);
      return undefined;
    }
  });
  return [kept, failed, late];
}
