import { LeaseholdError } from "../../errors.js";
import { stepError } from "../serving/step-error.js";
import { Encoding, type Exporter } from "../values/encoding.js";
import { isPrimitive } from "../values/primitive.js";
import { Notice, type Request, type Target } from "../wire/protocol.js";
import { LimitPassed } from "../wire/limit-passed.js";
import { Outbox, type Flush, type Queued, type QueuedNotice } from "./outbox.js";
import { middleOf } from "./middle-of.js";
import { pack } from "./pack.js";
import { PacedQueue } from "./paced-queue.js";
import { CallState, RemoteCall } from "./remote-call.js";

export interface SenderOptions {
  exporter: Exporter;
  flush: Flush;
  /** Operations, about, that may be unanswered before others are sent. Default: any number. */
  window?: number | undefined;
  /**
   * Sends a packet; throws where it cannot be cloned, or LimitPassed where it is too large, and then nothing was sent. Returns how
   * large it is, where that is known.
   */
  post(packet: Request, transfers: Transferable[] | undefined): number;
  /** So many calls have left, the first with this number. */
  onSent(first: number, calls: RemoteCall[]): void;
  /** Calls, and maybe notices, that must leave as one message are too large for that. */
  onTooLarge(passed: LimitPassed, calls: RemoteCall[]): void;
  /** A call cannot be sent. */
  onRefused(call: RemoteCall, error: unknown): void;
}

/** What was sent, in numbers. */
export interface SenderCounts {
  chunks: number;
  operations: number;
}

/** Gathers what is said in one turn, and sends it as one message; what cannot be sent fails alone. */
export class Sender {
  readonly counts: SenderCounts = { chunks: 0, operations: 0 };
  readonly #options: SenderOptions;
  readonly #outbox: Outbox;
  /** Until the other end is there, and where not all may leave at once. */
  readonly #waiting: PacedQueue;
  #isOpen = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#waiting = new PacedQueue(options.window ?? Infinity);
    this.#outbox = new Outbox(options.flush, () => this.#flush());
  }

  /** Calls that were not sent yet. */
  get queued(): RemoteCall[] {
    return [...this.#outbox.calls, ...this.#waiting.items.filter((item) => item instanceof RemoteCall)];
  }

  /** Whether nothing was said yet in this turn. */
  get isEmpty(): boolean {
    return this.#outbox.isEmpty;
  }

  /** The other end is there: from now on, messages are sent. */
  open(): void {
    this.#isOpen = true;
    this.#sendWaiting();
  }

  /** The message whose first operation has this number was answered. */
  answered(first: number): void {
    if (this.#options.window === undefined) return;
    this.#waiting.answered(first);
    this.#sendWaiting();
  }

  call(call: RemoteCall): void {
    this.#outbox.add(call);
  }

  /**
   * Says something about `id`.
   * @param values two, as the kind of notice has them
   * @param what names the values for messages
   */
  notify(kind: Notice, id: Target, values: unknown[], what = "A value"): void {
    if (values.every(isPrimitive)) return this.#outbox.add({ kind, id, values });
    const encoding = new Encoding(this.#options.exporter, what);
    try {
      this.#outbox.add({ kind, id, values: encoding.list(values), encoding });
    } catch (error) {
      this.notify(kind, id, unsendable(kind, error), "What was thrown");
    }
  }

  /** Resolves once what was said so far has left; undefined where it has. */
  whenSent(): Promise<void> | undefined {
    return this.#outbox.isEmpty ? this.#waiting.left() : this.#outbox.taken().then(() => this.#waiting.left());
  }

  /** Sends what was said in this turn now. */
  flush(): void {
    this.#flush();
  }

  close(): void {
    for (const item of [...this.#outbox.take(), ...this.#waiting.clear()]) item.encoding?.undo();
    this.#isOpen = true;
  }

  #flush(): void {
    const items = this.#outbox.take();
    if (this.#isOpen && this.#options.window === undefined) return this.#send(items);
    this.#waiting.add(items);
    if (this.#isOpen) this.#sendWaiting();
  }

  #sendWaiting(): void {
    for (let items = this.#waiting.take(); items.length > 0; items = this.#waiting.take()) this.#send(items);
  }

  #send(items: Queued[]): void {
    const sendable = items.filter((item) => !(item instanceof RemoteCall) || this.#isSendable(item));
    if (sendable.length === 0) return;
    const chunk = pack(sendable, this.counts.operations);
    const { packet, transfers, calls } = chunk;
    let bytes: number;
    try {
      bytes = this.#options.post(packet, transfers);
    } catch (error) {
      if (error instanceof LimitPassed) return this.#sendApart(sendable, error);
      return this.#send(this.#withoutUnsendable(sendable, error));
    }
    for (const { encoding } of sendable) encoding?.announce();
    this.counts.chunks++;
    this.counts.operations += calls.length;
    if (this.#options.window !== undefined) this.#waiting.sent(packet[1], calls.length, bytes);
    this.#options.onSent(packet[1], calls);
  }

  /**
   * Sends half of what is too large for one message; the rest waits for the answer to that. References take the other side longer than
   * they are large, so where there are any, it is too much.
   */
  #sendApart(items: Queued[], passed: LimitPassed): void {
    const at = items.some(({ encoding }) => encoding?.holes.length) ? 0 : middleOf(items);
    if (at === 0) {
      const calls = items.filter((item) => item instanceof RemoteCall);
      return this.#options.onTooLarge(passed, calls);
    }
    this.#waiting.putBack(items.slice(at));
    this.#send(items.slice(0, at));
  }

  /** Whether what a call is about, and what it has as arguments, is there or goes with it. */
  #isSendable(call: RemoteCall): boolean {
    const { encoding, state } = call;
    if (state === CallState.rejected) {
      encoding?.undo();
      return false;
    }
    // What has a number was kept when this was said; if it is fetched or dropped since, then by what comes later.
    const missing = call.needs?.find((need) => need.state === CallState.rejected && need.number < 0);
    if (!missing) return true;
    encoding?.undo();
    this.#options.onRefused(call, stepError(missing.label, missing.outcome));
    return false;
  }

  #withoutUnsendable(items: Queued[], error: unknown): Queued[] {
    const faulty = new Map(
      items.map((item) => [item, faultIn(item)] as const).filter(([, fault]) => fault !== undefined),
    );
    // What can be cloned but not moved does not show before it is tried.
    const isFaulty = (item: Queued): boolean =>
      faulty.size > 0 ? faulty.has(item) : item.encoding !== undefined && item.encoding.transfers.size > 0;
    const rest = items.filter((item) => !isFaulty(item));
    for (const item of items.filter(isFaulty)) {
      item.encoding?.undo();
      const fault = faulty.get(item) ?? error;
      if (item instanceof RemoteCall) this.#options.onRefused(item, notCloneable(item.label, fault));
      else rest.push(this.#replaced(item, fault));
    }
    if (rest.length === items.length && faulty.size === 0) throw error;
    return rest;
  }

  #replaced({ kind, id }: QueuedNotice, fault: unknown): Queued {
    const encoding = new Encoding(this.#options.exporter, "What was thrown");
    return { kind, id, values: encoding.list(unsendable(kind, fault)), encoding };
  }
}

function faultIn(item: Queued): unknown {
  return item.encoding?.faultIn(item instanceof RemoteCall ? item.args : item.values);
}

function notCloneable(label: string, cause: unknown): LeaseholdError {
  const message = `Something in ${label} cannot be sent: ${String(cause)}`;
  return new LeaseholdError("DataError", "not-cloneable", message, { cause });
}

/** The values of a notice whose own could not be sent. */
function unsendable(kind: Notice, error: unknown): unknown[] {
  return kind === Notice.settle ? [false, error] : [error, undefined];
}
