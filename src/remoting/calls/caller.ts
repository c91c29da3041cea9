import { LeaseholdError } from "../../errors.js";
import type { Account } from "../../lifetime/index.js";
import type { Borrower } from "../tables/loan.js";
import type { References } from "../tables/references.js";
import { fillHoles } from "../values/decode.js";
import { isPrimitive } from "../values/primitive.js";
import { isThenable } from "../values/thenable.js";
import { KEPT } from "../values/kept.js";
import { isCount, isIndexes } from "../wire/guard.js";
import { Kind, Notice, type MemberPath, type Reply } from "../wire/protocol.js";
import type { LimitPassed } from "../wire/limit-passed.js";
import { Violation } from "../wire/violation.js";
import { WHOLE, type Handler } from "./handler.js";
import type { Base } from "./invoker.js";
import { KeptResults } from "./kept-results.js";
import { PendingCalls } from "./pending-calls.js";
import { Preparer } from "./preparer.js";
import { giveBack, noteSite } from "./release.js";
import { CallState, RemoteCall, type CallOwner } from "./remote-call.js";
import { Sender, type SenderOptions } from "./sender.js";
import { Timers } from "./timers.js";
import { Turn } from "./turn.js";

export interface CallerOptions extends Pick<SenderOptions, "flush" | "post" | "window"> {
  references: References;
  isWritable: boolean;
  callTimeout: number | undefined;
  /** Called whenever there is a call that counts, and was none. */
  onSome(): void;
  /** Called whenever no call is left that counts. */
  onNone(): void;
  /** Called whenever calls have left. */
  onSent(): void;
  /** Called where calls are too large to leave: the session is to be closed, with which they reject. */
  onTooLarge(passed: LimitPassed): void;
}

/** Makes calls: from the moment of an operation to that of its result. */
export class Caller implements CallOwner {
  readonly isWritable: boolean;
  readonly pending: PendingCalls;
  readonly sender: Sender;
  readonly #references: References;
  readonly #kept = new KeptResults((number) => this.sender.notify(Notice.drop, number, [undefined, undefined]));
  readonly #preparer: Preparer;
  readonly #timers: Timers;
  #turn = Turn.over;
  #closing: ((label: string) => unknown) | undefined;

  constructor({ references, isWritable, callTimeout, onSome, onNone, onSent, onTooLarge, ...sending }: CallerOptions) {
    this.isWritable = isWritable;
    this.#references = references;
    this.pending = new PendingCalls(onSome, onNone);
    this.#timers = new Timers(callTimeout, (call) => this.#timeOut(call));
    this.sender = new Sender({
      exporter: references,
      ...sending,
      onSent: (first, calls) => {
        this.#sent(first, calls);
        onSent();
      },
      onTooLarge: (passed, calls) => {
        for (const call of calls) this.pending.park(call);
        onTooLarge(passed);
      },
      onRefused: (call, error) => this.pending.fail(call, error, true),
    });
    this.#preparer = new Preparer({
      caller: this,
      references,
      pending: this.pending,
      send: (call) => this.sender.call(call),
      onResult: (call, value) => this.#fulfill(call, value),
    });
  }

  /** Holds the calls that are made from now on to so many milliseconds; undefined for any time. */
  limitTime(milliseconds: number | undefined): void {
    this.#timers.milliseconds = milliseconds;
  }

  get unit(): string | undefined {
    return this.#references.account?.unit;
  }

  /** The calls that have not settled. */
  get calls(): RemoteCall[] {
    return this.pending.all(this.sender.queued);
  }

  /** Those of them that keep what they are calls of loaded. */
  get countedCalls(): RemoteCall[] {
    return this.calls.filter(({ isCounted }) => isCounted);
  }

  invoke(kind: Kind, base: Base, path: MemberPath, args: readonly unknown[], holder?: Account): object {
    const call = new RemoteCall(this, kind, base, path, args);
    if (holder) call.holder = holder;
    const site = this.#references.siteOfCaller();
    if (site !== undefined) call.site = site;
    this.#begin(call);
    return call.proxy;
  }

  lend(handler: Handler, borrower: Borrower): object {
    return this.#references.loans.lend(handler, borrower);
  }

  /** Fetches a result that was kept; from then on it is on this side. */
  fetch(call: RemoteCall): void {
    call.state = CallState.sent;
    this.pending.add(call);
    this.pending.park(call);
    // The operation finds the result by its number.
    const fetching = new RemoteCall(this, Kind.get, -1 - call.number, WHOLE, []);
    fetching.promise().then(
      (value) => this.#fulfill(call, value),
      (error: unknown) => this.pending.fail(call, error),
    );
    this.#begin(fetching);
    this.#kept.drop(call);
  }

  drop(call: RemoteCall): void {
    this.#kept.drop(call);
  }

  giveUp(call: RemoteCall): void {
    this.#giveUp(
      call,
      new LeaseholdError("DomainUnloadedError", "session-closed", `Who called ${call.label} has gone.`),
    );
  }

  /**
   * Takes the answer to a chunk.
   * @returns how many results are to come later, each with a notice
   */
  receive(reply: Reply): number {
    // By index: WebKit has been seen to find no iterator for a pattern with a gap here, after thousands of calls.
    const { 1: first, 2: values, 3: holes, 4: failures, 5: kept } = reply;
    const calls = this.pending.chunk(first);
    if (!calls) throw new Violation("a reply that nobody waits for");
    // Before anything is looked at, as a hole may be in what is looked at.
    if (holes && fillHoles(holes, this.#references).length > 0) throw new Violation("a late argument in an answer");
    if (values.length !== calls.length || !isIndexes(kept, calls.length) || !isFailures(failures, calls.length)) {
      throw new Violation("an answer that does not fit its chunk");
    }
    this.pending.answered(first);
    const stays = kept?.length ? new Set(kept) : undefined;
    for (let at = 0; failures && at < failures.length; at += 2) {
      this.#fail(calls[failures[at] as number] as RemoteCall, failures[at + 1]);
    }
    let late = 0;
    for (let index = 0; index < calls.length; index++) {
      const call = calls[index] as RemoteCall;
      if (values[index] instanceof Promise) late++;
      if (stays?.has(index)) this.#keep(call);
      else if (call.isPending) this.#take(call, values[index]);
      else if (!isPrimitive(values[index])) this.#dismiss(call, values[index]);
    }
    this.sender.answered(first);
    return late;
  }

  /**
   * Rejects the calls that have not settled; what was not sent is not sent any more.
   * @param reasonFor makes what a call rejects with, from its name
   * @returns how many were rejected
   */
  abandon(calls: RemoteCall[], reasonFor: (label: string) => unknown): number {
    for (const call of calls) this.#giveUp(call, reasonFor(call.label));
    return calls.length;
  }

  /** Rejects everything, also what comes later. */
  close(reasonFor: (label: string) => unknown): number {
    const { calls } = this;
    this.#closing = reasonFor;
    this.#timers.close();
    this.#kept.clear();
    this.sender.close();
    return this.abandon(calls, reasonFor);
  }

  #begin(call: RemoteCall): void {
    if (this.#closing) return call.fail(this.#closing(call.label));
    this.pending.add(call);
    if (this.sender.isEmpty) this.#turn = new Turn();
    call.turn = this.#turn;
    this.#timers.watch(call);
    this.#preparer.prepare(call);
  }

  #sent(first: number, calls: RemoteCall[]): void {
    for (let index = 0; index < calls.length; index++) {
      const call = calls[index] as RemoteCall;
      if (call.state === CallState.queued) call.state = CallState.sent;
      if (!call.encoding) continue;
      if (call.encoding.signals.size > 0) call.signals = call.encoding.signals;
      call.encoding = call.original = undefined;
      call.args = [];
    }
    if (calls.length > 0) this.pending.sent(first, calls);
  }

  #take(call: RemoteCall, value: unknown): void {
    if (!(value instanceof Promise)) {
      if (isThenable(value)) throw new Violation("a result that is none yet");
      return this.#fulfilled(call, value);
    }
    this.pending.park(call);
    call.late = value;
    this.#takeLate(call, value);
  }

  #takeLate(call: RemoteCall, value: Promise<unknown>): void {
    value.then(
      (late) => this.#fulfill(call, late),
      (error: unknown) => this.#fail(call, error),
    );
  }

  /** Nobody gets what comes after its call was given up, so it is let go of. */
  #fulfill(call: RemoteCall, value: unknown): void {
    if (value === KEPT) this.#keep(call);
    else if (call.isPending) this.#fulfilled(call, value);
    else giveBack(value);
  }

  #fulfilled(call: RemoteCall, value: unknown): void {
    if (call.site !== undefined) noteSite(value, call.site);
    this.pending.fulfill(call, value);
  }

  #fail(call: RemoteCall, error: unknown): void {
    if (call.isPending) this.pending.fail(call, error, true);
  }

  #keep(call: RemoteCall): void {
    this.pending.kept(call);
    const wasReleased = call.state === CallState.released;
    if (call.state === CallState.sent) call.keep();
    this.#kept.add(call);
    if (call.isAwaited && call.state === CallState.kept) this.fetch(call);
    else if (wasReleased || call.state === CallState.rejected) this.#kept.drop(call);
  }

  /** Waits no more for a call; what still comes is let go of. */
  #giveUp(call: RemoteCall, error: unknown): void {
    const { late } = call;
    this.pending.fail(call, error);
    if (late) this.#references.promises.ignore(late);
  }

  /** Lets go of what has come for a call that was given up. */
  #dismiss(call: RemoteCall, value: unknown): void {
    if (!(value instanceof Promise)) return giveBack(value);
    this.#takeLate(call, value);
    this.#references.promises.ignore(value);
  }

  #timeOut(call: RemoteCall): void {
    const error = new LeaseholdError(
      "TimeoutError",
      "call-late",
      `${call.label} took more than ${this.#timers.milliseconds} ms. If it only needs longer, raise limits.callTimeout.`,
    );
    const { signals } = call;
    this.#giveUp(call, error);
    if (!signals) return;
    const others = this.calls;
    for (const slot of signals.keys()) {
      const isInUse = others.some((other) => (other.signals ?? other.encoding?.signals)?.has(slot));
      if (!isInUse) this.#references.signals.abort(slot, error);
    }
  }
}

function isFailures(data: unknown[] | null | undefined, size: number): boolean {
  if (!data) return true;
  if (data.length % 2 !== 0 || data.length > 2 * size) return false;
  for (let at = 0; at < data.length; at += 2) {
    if (!isCount(data[at]) || (data[at] as number) >= size) return false;
  }
  return true;
}
