import { LeaseholdError } from "../../errors.js";
import type { Account } from "../../lifetime/index.js";
import type { Failing } from "../bridges/failing.js";
import { ReadableBridge, readableFrom } from "../bridges/readable-bridge.js";
import { WritableBridge, writableFrom } from "../bridges/writable-bridge.js";
import { handlerOf, type Handler } from "../calls/handler.js";
import type { Invoker } from "../calls/invoker.js";
import { Member } from "../calls/member.js";
import { CallState, released, type RemoteCall } from "../calls/remote-call.js";
import { createRemote } from "../calls/create-remote.js";
import { createRefuser } from "../calls/refuser.js";
import { RemoteRoot } from "../calls/remote-root.js";
import { stepError } from "../serving/step-error.js";
import type { Importer } from "../values/decode.js";
import type { Encoding, Exporter } from "../values/encoding.js";
import { Hole } from "../values/hole.js";
import { CONTROL, Kind, Notice, Ref, Trait, type Target } from "../wire/protocol.js";
import { Violation } from "../wire/violation.js";
import { ExportTable } from "./export-table.js";
import { ImportTable, type Import } from "./import-table.js";
import type { Borrower } from "./loan.js";
import { LoanTable } from "./loan-table.js";
import { PromiseTable } from "./promise-table.js";
import { SignalTable } from "./signal-table.js";

export interface ReferencesOptions {
  showStack: Exporter["showStack"];
  copiesInstances: boolean;
  /** Who takes the operations on what is received. */
  invoker(): Invoker;
  /** Tells the other side something, with the values that it is about; `what` names them for people. */
  notify(kind: Notice, id: Target, values: unknown[], what?: string): void;
  /** Properties of received remotes that are answered here, e.g. Comlink's. */
  extra?(remote: RemoteRoot): Record<symbol, unknown>;
  /** Something that was held is not held any more. */
  onRelease(): void;
}

/** One session's references in both directions, and what stands for them on each side. */
export class References implements Exporter, Importer, Borrower {
  readonly showStack: Exporter["showStack"];
  readonly copiesInstances: boolean;
  readonly exports = new ExportTable();
  readonly imports: ImportTable;
  readonly loans: LoanTable;
  readonly promises: PromiseTable;
  readonly signals: SignalTable;
  /** Of the unit on the other side, where there is a ledger. */
  account: Account | undefined;
  readonly #options: ReferencesOptions;
  readonly #createProxy = (entry: Import): object => this.#createRemote(entry).proxy;
  /** From then on, what was received says why it cannot be used. */
  #isClosed = false;
  readonly #bridges = new WeakMap<object, object>();
  /** By the remote of a bridge: the stream made for it. */
  readonly #streams = new WeakMap<object, WeakRef<object>>();

  constructor(options: ReferencesOptions) {
    this.#options = options;
    this.showStack = options.showStack;
    this.copiesInstances = options.copiesInstances;
    this.imports = new ImportTable({
      onHold: (held) => this.account?.take({ kind: held.kind, label: held.name, held, isTracked: true }),
      onRelease: (slot, count) => {
        options.notify(Notice.release, slot, [count, undefined]);
        options.onRelease();
      },
    });
    this.loans = new LoanTable({
      imports: this.imports,
      exports: this.exports,
      account: () => this.account,
      invoker: () => options.invoker(),
      createProxy: this.#createProxy,
    });
    this.promises = new PromiseTable(
      (slot, { succeeded, value, what }) => options.notify(Notice.settle, slot, [succeeded, value], what),
      (slot) => options.notify(Notice.ignore, slot, [undefined, undefined]),
    );
    this.signals = new SignalTable((notice, slot, reason) => options.notify(notice, slot, [reason, undefined]));
  }

  /** Where in the page's code a call is made; undefined where that is not recorded. */
  siteOfCaller(): string | undefined {
    return this.account?.site();
  }

  count(ref: number, thing: object): Target {
    switch (ref) {
      case Ref.promise:
        return this.promises.count(thing as Promise<unknown>);
      case Ref.signal:
        return this.signals.count(thing as AbortSignal);
      case Ref.readable:
      case Ref.writable:
        return this.exports.add(this.#bridge(ref, thing));
      default:
        return this.exports.add(thing);
    }
  }

  uncount(ref: number, slot: Target): void {
    if (ref === Ref.promise) this.promises.uncount(slot);
    else if (ref === Ref.signal) this.signals.uncount(slot);
    else if (this.exports.get(slot)) this.exports.subtract(slot, 1);
  }

  hold(slot: Target): () => void {
    return this.imports.hold(slot);
  }

  announce(ref: number, slot: Target): void {
    if (ref === Ref.promise) this.promises.announce(slot);
    else if (ref === Ref.signal) this.signals.announce(slot);
  }

  referTo(value: unknown, encoding: Encoding): Hole | { value: unknown } | undefined {
    const handler = handlerOf(value);
    if (!handler) return undefined;
    const { base } = handler;
    const owner = handler.invoker();
    if (owner.refusal) throw owner.refusal("What is among the arguments");
    const ours = this.#options.invoker();
    const isOurs = (owner.behind ?? owner) === ours;
    if (typeof base === "number") {
      if (!isOurs) return this.#borrow(handler, owner);
      if (!(handler instanceof Member)) return new Hole([Ref.home, base]);
      if (encoding.waits) return new Hole([Ref.member, base, handler.path, -1]);
    }
    if (handler instanceof Member) {
      return this.referTo((isOurs ? ours : owner).invoke(Kind.get, base, handler.path, []), encoding);
    }
    return this.#referToResult(base as RemoteCall, isOurs, encoding);
  }

  receive(slot: Target, traits: number, name: string): object {
    return this.imports.receive(slot, traits, name, this.#createProxy);
  }

  resolveHome(target: Target): object {
    // Control is for the two ends of a session; nobody's code is ever handed it.
    if (target === CONTROL) throw new Violation("a reference to control");
    const object = this.exports.get(target);
    if (object) return handlerOf(object)?.loan?.home() ?? object;
    if (!this.exports.isLost(target)) throw new Violation("a reference to what it does not hold");
    return this.lost(target);
  }

  /** What stands for something of this side's that the other holds, and that was collected together with all that led to it. */
  lost(target: Target): object {
    return createRemote<object>(() => createRefuser(lost), target) as object;
  }

  receivePromise(slot: Target): Promise<unknown> {
    return this.promises.receive(slot);
  }

  receiveSignal(slot: Target): AbortSignal {
    return this.signals.receive(slot);
  }

  receiveStream(ref: number, slot: Target): object {
    const remote = this.receive(
      slot,
      Trait.object | Trait.stream,
      ref === Ref.readable ? "ReadableStream" : "WritableStream",
    );
    let stream = this.#streams.get(remote)?.deref();
    if (!stream) {
      const onStart = (controller: Failing): void => this.#endWithSession(slot, controller);
      stream = ref === Ref.readable ? readableFrom(remote as never, onStart) : writableFrom(remote as never, onStart);
      this.#streams.set(remote, new WeakRef(stream));
    }
    return stream;
  }

  /** Lets go of everything, for the session is over. */
  close(reason: unknown): void {
    this.#isClosed = true;
    this.loans.close();
    this.imports.clear(reason);
    this.promises.close(reason);
    this.signals.close(reason);
    this.exports.clear(reason);
  }

  #referToResult(call: RemoteCall, isOurs: boolean, encoding: Encoding): Hole | { value: unknown } {
    if (call.state === CallState.fulfilled) return { value: call.outcome };
    if (call.state === CallState.released) throw released(call.label);
    if (!encoding.waits) return { value: call.promise() };
    call.isUsed = true;
    if (call.state === CallState.rejected) throw stepError(call.label, call.outcome);
    const isThere = isOurs && (call.state === CallState.queued || call.state === CallState.kept);
    (isThere ? encoding.results : encoding.waits).push(call);
    // Of another session, its value itself is needed.
    if (!isOurs) void call.promise().catch(() => {});
    return new Hole([Ref.result, call, -1]);
  }

  #createRemote(entry: Import): RemoteRoot {
    const { invoker, extra } = this.#options;
    const { imports } = this;
    const { generation } = entry;
    const refuser = createRefuser(() => released(entry.name || "The function"));
    const isUsable = (): boolean => this.#isClosed || imports.isInUse(entry, generation);
    return new RemoteRoot(() => (isUsable() ? invoker() : refuser), entry.slot, {
      release: () => imports.isInUse(entry, generation) && imports.release(entry),
      giveBack: (isAside) => imports.isInUse(entry, generation) && imports.giveBack(entry, isAside),
      setAside: () => imports.isInUse(entry, generation) && imports.setAside(entry),
      noteSite: (site) => entry.lease?.noteSite(site),
      name: entry.name,
      traits: entry.traits,
      keeps: this.exports.vault,
      extra,
    });
  }

  /** Has another session's thing passed on: what stands for it here is not the page's own proxy, but one for this session. */
  #borrow(handler: Handler, owner: Invoker): { value: unknown } | undefined {
    if (!owner.lend || this.#isClosed || handler.loan?.borrower === this) return undefined;
    return { value: owner.lend(handler, this) };
  }

  #endWithSession(slot: Target, controller: Failing): void {
    const entry = this.imports.get(slot);
    const weak = new WeakRef(controller);
    if (entry) entry.end = (reason) => weak.deref()?.error(reason);
  }

  #bridge(ref: number, stream: object): object {
    let bridge = this.#bridges.get(stream);
    if (!bridge) {
      bridge =
        ref === Ref.readable
          ? new ReadableBridge(stream as ReadableStream)
          : new WritableBridge(stream as WritableStream);
      this.#bridges.set(stream, bridge);
    }
    return bridge;
  }
}

function lost(label: string): LeaseholdError {
  const message = `${label} is gone: nobody in the page led to this unit any more, so it is being unloaded.`;
  return new LeaseholdError("DomainUnloadedError", "unit-unloaded", message);
}
