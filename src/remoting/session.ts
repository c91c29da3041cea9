import { expose, releaseProxy, transfer as moveWith, wrap, type Remote as ComlinkRemote } from "comlink";
import { LeaseholdError } from "../errors.js";
import { isPrimitive, requireCloneable } from "./cloneable.js";
import { guardedEndpoints, type Endpoints } from "./endpoints.js";
import { fromThrown, toThrown } from "./error-record.js";
import { isAnswer } from "./guard.js";
import { Kind } from "./kind.js";
import { nameOfCall, PendingCalls, type PendingCall, type PendingCallInfo } from "./pending-calls.js";
import type { Answer, MemberPath, Operation, Target, Thrown, WirePath } from "./protocol.js";
import { repairAnswer } from "./repair-answer.js";
import { nameOf } from "./name-of.js";
import { runOperations, type RunOptions } from "./run-operations.js";
import { transfersOf } from "./transfer.js";

export interface SessionOptions {
  /** Whether errors carry this side's stack to the other. Default false: a stack tells of the code around it. */
  withStack?: boolean;
  /** Called before each operation of the other side. */
  beforeOperation?(): void;
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

  readonly #options: RunOptions;
  readonly #endpoints: Endpoints;
  /** Held for the session's life: Comlink would send a message of its own when it is collected. */
  readonly #run: Run;
  readonly #exposed = new Map<Target, object>();
  readonly #calls = new PendingCalls();
  /** Whether a queued call carries more than primitives, which is when something may have to be moved. */
  #carriesObjects = false;
  /** Number of the next operation of ours, and of the other side. */
  #next = 0;
  #nextOfPeer = 0;
  /** Set while a chunk is posted that turns out not to be cloneable. */
  #unsendable: { error: unknown } | undefined;
  #closing: { reasonFor(label: string): unknown; rejected: number } | undefined;
  readonly #resolveClosed: (reason: unknown) => void;

  constructor(port: MessagePort, options: SessionOptions = {}) {
    this.#options = {
      exposed: this.#exposed,
      withStack: options.withStack ?? false,
      beforeOperation: options.beforeOperation,
      onSettle: (number, succeeded, value) => this.#settleLate(number, succeeded, value),
      onLate: (number, succeeded, value) => this.#deliverLate([Kind.settle, number, succeeded, value]),
    };
    ({ promise: this.closed, resolve: this.#resolveClosed } = Promise.withResolvers<unknown>());
    this.#endpoints = guardedEndpoints(port, {
      onViolation: (fault) => this.#violation(fault),
      onUnsendable: (error) => (this.#unsendable = { error }),
      repair: (answer) => repairAnswer(answer, this.#options.withStack),
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
      this.#carriesObjects = true;
      try {
        args.forEach((arg, index) => requireCloneable(arg, `Argument ${index + 1} of ${String(path)}()`));
      } catch (error) {
        return Promise.reject(error as Error);
      }
    }
    return this.#enqueue([Kind.call, target, path, ...args], path);
  }

  /** Reads a member of what the other side exposes. */
  get(target: Target, path: MemberPath): Promise<unknown> {
    return this.#enqueue([Kind.get, target, path], path);
  }

  /** How many calls of ours to a target have not settled. */
  pending(target: Target): number {
    return this.#calls.count(target);
  }

  /** The calls of ours to a target that have not settled. */
  pendingCalls(target: Target): PendingCallInfo[] {
    return this.#calls.describe(target);
  }

  /** Resolves once no call of ours to a target is unsettled. */
  idle(target: Target): Promise<void> {
    return this.#calls.idle(target);
  }

  /**
   * Rejects every call of ours to a target that has not settled, and leaves the session open. What was not sent is not sent
   * any more.
   * @param reasonFor makes what a call rejects with, from its name
   * @returns how many were rejected
   */
  abandon(target: Target, reasonFor: (label: string) => unknown): number {
    return this.#abandon(this.#calls.to(target), reasonFor);
  }

  /**
   * Closes the port and rejects every call of ours that has not settled, and every later one.
   * @param reason what they reject with; a function is given the call's name and makes one each
   * @returns how many were rejected; the same number when it was closed already
   */
  close(reason: unknown): number {
    if (this.#closing) return this.#closing.rejected;
    const reasonFor = typeof reason === "function" ? (reason as (label: string) => unknown) : () => reason;
    this.#closing = { reasonFor, rejected: 0 };
    this.#endpoints.close();
    // Comlink's registry of finalizers holds the endpoint, and so this session, until it is told.
    (this.#run as ComlinkRemote<Run>)[releaseProxy]();
    this.#closing.rejected = this.#abandon(this.#calls.to(), reasonFor);
    this.#resolveClosed(reasonFor("the session"));
    return this.#closing.rejected;
  }

  #abandon(calls: PendingCall[], reasonFor: (label: string) => unknown): number {
    for (const call of calls) this.#calls.reject(call, reasonFor(nameOfCall(call)));
    return calls.length;
  }

  #enqueue(operation: Operation, path: MemberPath): Promise<unknown> {
    if (this.#closing) return Promise.reject(this.#closing.reasonFor(nameOf(operation[0], path)) as Error);
    return new Promise((resolve, reject) =>
      this.#push({ operation, path, since: 0, isAwaited: false, resolve, reject }),
    );
  }

  #push(call: PendingCall): void {
    // A member that is awaited is read one microtask after a call beside it was made; both belong to the same turn.
    if (this.#calls.add(call)) queueMicrotask(() => queueMicrotask(() => this.#flush()));
  }

  #flush(): void {
    const calls = this.#calls.takeQueue();
    const carriesObjects = this.#carriesObjects;
    this.#carriesObjects = false;
    if (calls.length > 0 && !this.#closing) this.#send(calls, carriesObjects);
  }

  #send(calls: PendingCall[], carriesObjects: boolean): void {
    const first = this.#next;
    const operations = sharePaths(calls);
    const transfers = carriesObjects ? transfersOf(operations.flat()) : undefined;
    this.#next += calls.length;
    this.#unsendable = undefined;
    const reply = this.#run(first, transfers ? moveWith(operations, transfers) : operations);
    if (!this.#unsendable) {
      this.#calls.sent(calls);
      void reply.then((answer) => this.#receive(answer, first, calls));
      return;
    }
    // Comlink posts before it returns, so the other side has seen none of these numbers. The fault is one call's alone.
    this.#next = first;
    if (calls.length > 1) for (const call of calls) this.#send([call], true);
    else this.#refuse(calls[0] as PendingCall, unsendable(calls[0] as PendingCall, this.#unsendable));
  }

  /** Settles a call that could not be sent; a result that could not be is a failure for whoever waits for it over there. */
  #refuse(call: PendingCall, error: LeaseholdError): void {
    const [kind, number] = call.operation;
    if (kind !== Kind.settle) this.#calls.reject(call, error);
    else this.#deliverLate([Kind.settle, number, false, toThrown(error, this.#options.withStack)]);
  }

  #receive(answer: unknown, first: number, calls: PendingCall[]): void {
    if (this.#closing) return;
    if (!isAnswer(answer, calls.length)) return this.#violation("an answer that does not fit its chunk");
    const [values, failures = [], late = []] = answer;
    this.#calls.answered(calls);
    for (const index of late) this.#calls.keepLate(first + index, calls[index] as PendingCall);
    for (const [index, thrown] of failures) this.#calls.reject(calls[index] as PendingCall, fromThrown(thrown));
    // Those that failed have settled, and settle no second time.
    const isLate = late.length > 0 ? new Set(late) : undefined;
    calls.forEach((call, index) => isLate?.has(index) || this.#calls.resolve(call, values[index]));
  }

  #execute(first: number, operations: Operation[]): Answer | Promise<Answer> {
    if (first !== this.#nextOfPeer) {
      this.#violation("a chunk out of order");
      return [[]];
    }
    this.#nextOfPeer += operations.length;
    return runOperations(first, operations, this.#options);
  }

  #deliverLate(operation: Operation): void {
    if (this.#closing) return;
    this.#carriesObjects = true;
    this.#push({ operation, path: undefined, since: 0, isAwaited: false, resolve: ignore, reject: ignore });
  }

  #settleLate(number: number, succeeded: boolean, value: unknown): void {
    const call = this.#calls.takeLate(number);
    if (!call) return this.#violation("a result that nobody waits for");
    if (succeeded) this.#calls.resolve(call, value);
    else this.#calls.reject(call, fromThrown(value as Thrown));
  }

  #violation(fault: string): void {
    const message = `The other side sent ${fault}; the session with it was closed.`;
    this.close(new LeaseholdError("DataError", "protocol-violation", message));
  }
}

/** The operations of these calls, each path written once. */
function sharePaths(calls: PendingCall[]): Operation[] {
  const indexes = new Map<unknown, number>();
  return calls.map(({ operation, path }, index) => {
    if (path === undefined) return operation;
    const shared = indexes.get(path);
    if (shared === undefined) indexes.set(path, index);
    operation[2] = (shared ?? path) as WirePath & boolean;
    return operation;
  });
}

function unsendable(call: PendingCall, { error }: { error: unknown }): LeaseholdError {
  const message = `Something in ${nameOfCall(call)} cannot be sent: ${String(error)}`;
  return new LeaseholdError("DataError", "not-cloneable", message, { cause: error });
}
