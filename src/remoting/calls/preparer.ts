import { execute } from "../serving/execute.js";
import { stepError } from "../serving/step-error.js";
import type { References } from "../tables/references.js";
import { Encoding } from "../values/encoding.js";
import { isPrimitive } from "../values/primitive.js";
import { handlerOf } from "./handler.js";
import type { Invoker } from "./invoker.js";
import type { PendingCalls } from "./pending-calls.js";
import { CallState, RemoteCall, released } from "./remote-call.js";
import { RemoteRoot } from "./remote-root.js";

export interface PreparerOptions {
  /** Whose calls they are. */
  caller: Invoker;
  references: References;
  pending: PendingCalls;
  /** Has a call leave at the end of this turn. */
  send(call: RemoteCall): void;
  /** A call was answered on this side. */
  onResult(call: RemoteCall, value: unknown): void;
}

/**
 * Readies calls for leaving.
 *
 * 1. The arguments are encoded at once, so that they are what they are now, however long the call has to wait.
 * 2. What is about the result of another call, or has one among its arguments, goes with that in one message; where that has left
 *    already, it waits until it is known where the result is.
 * 3. Where what it is about turns out to be on this side, it is done here.
 */
export class Preparer {
  readonly #options: PreparerOptions;

  constructor(options: PreparerOptions) {
    this.#options = options;
  }

  /** Encodes the arguments of a call as they are now, and sends it once it can be, or has it fail. */
  prepare(call: RemoteCall): void {
    const { target } = call;
    if (target instanceof RemoteCall) {
      target.isUsed = true;
      if (target.state === CallState.released) return this.#refuse(call, released(target.label));
      if (target.state === CallState.rejected) return this.#refuse(call, stepError(target.label, target.outcome));
      if (target.state === CallState.fulfilled && !this.#retarget(call, target.outcome)) {
        return this.#callHere(call, target.outcome);
      }
    }
    // Also where it has to wait: its arguments are what they are now.
    if (!call.encoding && hasObject(call.args) && !this.#encode(call)) return;
    const { sent, waiting } = CallState;
    if (target instanceof RemoteCall && (target.state === sent || target.state === waiting)) {
      return this.#callAfter([target], call);
    }
    this.#options.send(call);
    this.#letGo(call);
  }

  /** It cannot be made; it gives back what it has taken. */
  #refuse(call: RemoteCall, error: unknown): void {
    this.#discard(call);
    this.#options.pending.fail(call, error, true);
  }

  #discard(call: RemoteCall): void {
    call.encoding?.undo();
    this.#letGo(call);
  }

  #letGo(call: RemoteCall): void {
    call.letGo?.();
    call.letGo = undefined;
  }

  /** Where what it is a call of has turned out to be a remote of this session, makes it a call of that. */
  #retarget(call: RemoteCall, base: unknown): boolean {
    const handler = handlerOf(base);
    if (!(handler instanceof RemoteRoot) || handler.invoker() !== this.#options.caller) return false;
    call.target = handler.base;
    return true;
  }

  /** @returns whether it can be sent in this turn */
  #encode(call: RemoteCall): boolean {
    const encoding = new Encoding(this.#options.references, call.label, true);
    try {
      const args = encoding.list(call.args);
      call.original = call.args;
      call.args = args;
      call.encoding = encoding;
    } catch (error) {
      this.#refuse(call, error);
      return false;
    }
    return this.#isComplete(call, encoding);
  }

  /** Whether nothing has to be waited for; if something has, the call goes on by itself then. */
  #isComplete(call: RemoteCall, encoding: Encoding): boolean {
    if (!encoding.waits?.length) return true;
    this.#callAfter([...encoding.waits], call);
    return false;
  }

  #callAfter(calls: RemoteCall[], call: RemoteCall): void {
    if (call.state === CallState.queued) call.state = CallState.waiting;
    this.#options.pending.park(call);
    // What it is a call of may be let go of while it waits.
    if (typeof call.target === "number") call.letGo ??= this.#options.references.hold(call.target);
    void Promise.all(calls.map((need) => need.arrived())).then(() => this.#goOn(call));
  }

  #goOn(call: RemoteCall): void {
    if (!call.isPending) return this.#discard(call);
    try {
      if (!this.#isUpToDate(call)) return;
    } catch (error) {
      return this.#refuse(call, error);
    }
    this.#options.pending.unpark(call);
    if (call.state === CallState.waiting) call.state = CallState.queued;
    this.prepare(call);
  }

  /** Whether the results among its arguments are there, after the call has waited; they may have moved meanwhile. */
  #isUpToDate(call: RemoteCall): boolean {
    const { encoding } = call;
    if (!encoding || encoding.results.length + (encoding.waits?.length ?? 0) === 0) return true;
    encoding.complete();
    return this.#isComplete(call, encoding);
  }

  /** What it is a call of is on this side already: a remote, or data. */
  #callHere(call: RemoteCall, base: unknown): void {
    if (call.state === CallState.queued) call.state = CallState.waiting;
    this.#options.pending.park(call);
    const result = new Promise<unknown>((resolve) =>
      resolve(execute(call.kind, base, call.memberPath, [...(call.original ?? call.args)], true)),
    );
    // What was needed is now held by the call that was made for it.
    this.#discard(call);
    result.then(
      (value) => this.#options.onResult(call, value),
      (error: unknown) => this.#options.pending.fail(call, error, true),
    );
  }
}

function hasObject(values: readonly unknown[]): boolean {
  for (let index = 0; index < values.length; index++) if (!isPrimitive(values[index])) return true;
  return false;
}
