import { LeaseholdError } from "../../errors.js";
import { stepError } from "../serving/step-error.js";
import { Encoding, type Exporter } from "../values/encoding.js";
import { isPrimitive } from "../values/primitive.js";
import { Notice, type Request, type Target } from "../wire/protocol.js";
import { Outbox, type Flush, type Queued, type QueuedNotice } from "./outbox.js";
import { pack } from "./pack.js";
import { CallState, RemoteCall } from "./remote-call.js";

export interface SenderOptions {
  exporter: Exporter;
  flush: Flush;
  /** Sends a packet; throws where it cannot be cloned, and then nothing was sent. */
  post(packet: Request, transfers: Transferable[] | undefined): void;
  /** So many calls have left, the first with this number. */
  onSent(first: number, calls: RemoteCall[]): void;
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
  /** Until the other end is there. */
  #held: Queued[] | undefined = [];

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options.flush, () => this.#flush());
  }

  /** Calls that were not sent yet. */
  get queued(): RemoteCall[] {
    return [...this.#outbox.calls, ...(this.#held ?? []).filter((item) => item instanceof RemoteCall)];
  }

  /** Whether nothing was said yet in this turn. */
  get isEmpty(): boolean {
    return this.#outbox.isEmpty;
  }

  /** The other end is there: from now on, messages are sent. */
  open(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#send(held);
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
    return this.#outbox.isEmpty ? undefined : this.#outbox.taken();
  }

  /** Sends what was said in this turn now. */
  flush(): void {
    this.#flush();
  }

  close(): void {
    for (const item of [...this.#outbox.take(), ...(this.#held ?? [])]) item.encoding?.undo();
    this.#held = undefined;
  }

  #flush(): void {
    const items = this.#outbox.take();
    if (this.#held) this.#held.push(...items);
    else this.#send(items);
  }

  #send(items: Queued[]): void {
    const sendable = items.filter((item) => !(item instanceof RemoteCall) || this.#isSendable(item));
    if (sendable.length === 0) return;
    const chunk = pack(sendable, this.counts.operations);
    const { packet, transfers, calls } = chunk;
    try {
      this.#options.post(packet, transfers);
    } catch (error) {
      return this.#send(this.#withoutUnsendable(sendable, error));
    }
    for (const { encoding } of sendable) encoding?.announce();
    this.counts.chunks++;
    this.counts.operations += calls.length;
    this.#options.onSent(packet[1], calls);
  }

  /** Whether what a call is about, and what it has as arguments, is there or goes with it. */
  #isSendable(call: RemoteCall): boolean {
    const { target, encoding, state } = call;
    if (state === CallState.rejected) return false;
    const needs = target instanceof RemoteCall ? [target, ...(encoding?.results ?? [])] : encoding?.results;
    // What has a number was kept when this was said; if it is fetched or dropped since, then by what comes later.
    const missing = needs?.find((need) => need.state === CallState.rejected && need.number < 0);
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
