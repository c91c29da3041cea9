import { DISPOSE } from "../../dispose.js";
import { LeaseholdError } from "../../errors.js";
import type { Account } from "../../lifetime/index.js";
import type { Encoding } from "../values/encoding.js";
import { CONTROL, type Kind, type MemberPath, type Target } from "../wire/protocol.js";
import { Handler, handlerOf, WHOLE } from "./handler.js";
import type { Base, Invoker } from "./invoker.js";
import { iterate } from "./iterate.js";
import { Member } from "./member.js";
import { nameOf } from "./name-of.js";
import { release } from "./release.js";
import { Turn } from "./turn.js";

/** Where the result of a call is. `kept`: over there, because nobody has awaited it. `waiting`: for others, before it can be sent. */
export const CallState = { queued: 0, sent: 1, kept: 2, fulfilled: 3, rejected: 4, released: 5, waiting: 6 } as const;
export type CallState = (typeof CallState)[keyof typeof CallState];

/** What a session does for the calls that it took. */
export interface CallOwner extends Invoker {
  /** Fetches a result that was kept. */
  fetch(call: RemoteCall): void;
  /** Has a result that was kept dropped. */
  drop(call: RemoteCall): void;
  /** Waits for a call no more. */
  giveUp(call: RemoteCall): void;
}

/**
 * An operation of ours, and the promise of its result: an address before it is a value, so its members can be reached and
 * called at once. It settles once.
 */
export class RemoteCall extends Handler {
  readonly owner: CallOwner;
  readonly kind: Kind;
  /** What the operation is about, and which member of it. */
  target: Base;
  readonly memberPath: MemberPath;
  /** As they are sent; `encoding` has what cannot be. */
  args: readonly unknown[];
  /** As they were given, while it waits. */
  original: readonly unknown[] | undefined;
  encoding: Encoding | undefined;
  /** Signals among its arguments, by their slots: as long as it waits it may abort them over there, so they are not let go of. */
  signals: ReadonlyMap<Target, AbortSignal> | undefined;
  state: CallState = CallState.queued;
  turn = Turn.over;
  /** Of the operation; -1 until it is sent. */
  number = -1;
  isAwaited = false;
  /** Lets go of what it is a call of, which it holds while it waits. */
  letGo: (() => void) | undefined;
  /** Whether another operation starts from its result or has it as an argument. */
  isUsed = false;
  /** Whether it has not settled; `PendingCalls` sees to that. */
  isPending = false;
  /** Whether it keeps what it is a call of loaded. */
  readonly isCounted: boolean;
  /** The unit that made it; undefined: the page. */
  holder: Account | undefined;
  /** Where it was made. */
  site: string | undefined;
  /** Its result, or what it failed with. */
  outcome: unknown;
  /** Where its result comes late: the promise of it. */
  late: Promise<unknown> | undefined;
  #promise: Promise<unknown> | undefined;
  #onArrival: (() => void)[] | undefined;
  #resolve: ((value: unknown) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;

  constructor(owner: CallOwner, kind: Kind, target: Base, path: MemberPath, args: readonly unknown[]) {
    super();
    this.owner = owner;
    this.kind = kind;
    this.target = target;
    this.memberPath = path;
    this.args = args;
    this.isCounted = typeof target === "number" ? target !== CONTROL : target.isCounted;
  }

  /** Calls whose results it cannot be sent without, unless they have left before. */
  get needs(): readonly RemoteCall[] | undefined {
    const { target, encoding } = this;
    return target instanceof RemoteCall ? [target, ...(encoding?.results ?? [])] : encoding?.results;
  }

  get base(): Base {
    return this;
  }

  get path(): MemberPath {
    return WHOLE;
  }

  get label(): string {
    return nameOf(this.kind, this.memberPath);
  }

  invoker(): Invoker {
    return this.owner;
  }

  /** Resolves once it is known where the result is, or that there is none. */
  arrived(): Promise<void> {
    const { sent, queued, waiting } = CallState;
    if (![sent, queued, waiting].includes(this.state as never)) return Promise.resolve();
    return new Promise((resolve) => (this.#onArrival ??= []).push(resolve));
  }

  /** It stays over there, as nobody has awaited it. */
  keep(): void {
    this.state = CallState.kept;
    this.#arrive();
  }

  #arrive(): void {
    this.turn.end();
    const waiting = this.#onArrival;
    this.#onArrival = undefined;
    if (waiting) for (const resolve of waiting) resolve();
  }

  /** The promise of the result; asking for it is what has it sent back. */
  promise(): Promise<unknown> {
    return (this.#promise ??= this.#await());
  }

  /** What its `then` does. */
  chain(onFulfilled: Handlers[0], onRejected: Handlers[1]): Promise<unknown> {
    if (this.turn.isOver || this.#promise) return this.promise().then(onFulfilled, onRejected);
    this.isAwaited = true;
    return this.turn.answered.then(() => {
      if (this.state === CallState.fulfilled && onFulfilled) return onFulfilled(this.outcome);
      if (this.state === CallState.rejected && onRejected) return onRejected(this.outcome);
      return this.promise().then(onFulfilled, onRejected);
    });
  }

  #await(): Promise<unknown> {
    this.isAwaited = true;
    if (this.state === CallState.released) return Promise.reject(released(this.label));
    if (this.state === CallState.fulfilled) return Promise.resolve(this.outcome);
    if (this.state === CallState.rejected) return Promise.reject(this.outcome as Error);
    const promise = new Promise<unknown>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    if (this.state === CallState.kept) this.owner.fetch(this);
    return promise;
  }

  fulfill(value: unknown): void {
    if (this.state === CallState.released) release(value);
    else {
      this.state = CallState.fulfilled;
      this.outcome = value;
    }
    this.#arrive();
    this.#resolve?.(value);
  }

  /** @param isHeard whether somebody has to hear of it: then it is an unhandled rejection where nobody awaits or uses it */
  fail(error: unknown, isHeard = false): void {
    this.state = CallState.rejected;
    this.outcome = error;
    this.#arrive();
    if (this.#reject) this.#reject(error);
    else if (isHeard && !this.isUsed && !this.isAwaited) this.#promise ??= Promise.reject(error as Error);
  }

  override giveUp(): void {
    if (this.isPending) this.owner.giveUp(this);
  }

  /** Lets go of the result, wherever it is. */
  override release(): void {
    const { state } = this;
    if (state === CallState.fulfilled) release(this.outcome);
    else if (state === CallState.kept) this.owner.drop(this);
    if (state !== CallState.rejected) this.state = CallState.released;
    this.#arrive();
    this.#reject?.(released(this.label));
  }

  protected own(key: string | symbol): unknown {
    switch (key) {
      case "then":
        return chain;
      case "catch":
        return catchFailure;
      case "finally":
        return finish;
      case DISPOSE:
        return () => this.release();
      case Symbol.asyncIterator:
        return () => iterate(this);
      case Symbol.toStringTag:
        return "RemotePromise";
    }
    return undefined;
  }

  protected member(key: string): unknown {
    return new Member(() => this.owner, this, key).proxy;
  }
}

type Handlers = Parameters<Promise<unknown>["then"]>;

// One function of each for all proxies: one of its own for every call would be one object more to collect.

function chain(this: unknown, onFulfilled: Handlers[0], onRejected: Handlers[1]): Promise<unknown> {
  return callOf(this).chain(onFulfilled, onRejected);
}

function catchFailure(this: unknown, onRejected: Handlers[1]): Promise<unknown> {
  return callOf(this).promise().catch(onRejected);
}

function finish(this: unknown, onFinally: () => void): Promise<unknown> {
  return callOf(this).promise().finally(onFinally);
}

function callOf(proxy: unknown): RemoteCall {
  return handlerOf(proxy) as RemoteCall;
}

/** The error of using what was let go of. */
export function released(label: string): LeaseholdError {
  const message = `${label} was released, by release() or the end of a "using" block; get it again from where it came.`;
  return new LeaseholdError("InvalidStateError", "released", message);
}
