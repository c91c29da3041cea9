import { proxyMarker, transferHandlers, type TransferHandler } from "comlink";
import { LeaseholdError } from "../../errors.js";
import type { RemoteCall } from "../calls/remote-call.js";
import { Ref, type Reference, type Target } from "../wire/protocol.js";
import { Copier, type ReferenceCrossing } from "./copier.js";
import { replaceKeys, setPlace } from "./decode.js";
import { toRecord } from "./error-record.js";
import { Hole } from "./hole.js";
import { Tally } from "./tally.js";
import { nameOfThing, traitsOf } from "./traits.js";

/** What a session does for the values that it sends. */
export interface Exporter {
  /** What the other side is shown of an error's stack; nothing where it is absent. */
  readonly showStack: ((stack: string) => string) | undefined;
  /** Whether instances of classes are copied, as structured clone does, where they are not marked by `proxy`. */
  readonly copiesInstances: boolean;
  /** Counts one occurrence more of something that is referred to in this way; returns its slot. */
  count(ref: number, thing: object): Target;
  /** Takes such an occurrence back. */
  uncount(ref: number, slot: Target): void;
  /** Such an occurrence has been sent. */
  announce(ref: number, slot: Target): void;
  /** Keeps something of the other side's, also if it is let go of, until what this returns is called. */
  hold(slot: Target): () => void;
  /** What stands for one of our proxies; undefined for any other function, which is exported. */
  referTo(value: unknown, encoding: Encoding): Hole | { value: unknown } | undefined;
}

/** Comlink's own, whose work is done here. */
const builtIn = new Set<unknown>(transferHandlers.values());

/**
 * One value, or the arguments of one call, on its way out: a copy of its plain parts as they are now, with holes where there
 * is something that cannot be copied. References that it counted are its own until it is sent; `undo` gives them back.
 */
export class Encoding extends Copier {
  /** Signals among the references. */
  readonly signals = new Map<Target, AbortSignal>();
  /**
   * Of the arguments of a call: calls whose results are among them and not there yet, so that it can be sent only once they have
   * settled; see `complete`. Undefined where a result that is not there crosses as a promise.
   */
  readonly waits: RemoteCall[] | undefined;
  /** Calls whose results are among the arguments by number. */
  readonly results: RemoteCall[] = [];
  readonly #exporter: Exporter;
  readonly #what: string;
  readonly #tally: Tally;

  /**
   * @param what names the values for messages: "The result of render()" or, where they are the arguments of a call, "render()"
   * @param isArguments whether they are
   */
  constructor(exporter: Exporter, what: string, isArguments = false) {
    super();
    this.#exporter = exporter;
    this.#tally = new Tally(exporter);
    this.#what = what;
    this.waits = isArguments ? [] : undefined;
  }

  /**
   * Copies a list of values; the copy is the container of their own holes.
   * @throws LeaseholdError "DataError" (`not-cloneable`) that names the place inside the value; nothing stays counted
   */
  list(values: readonly unknown[]): unknown[] {
    const list = new Array<unknown>(values.length);
    return this.#orUndo(() => this.fill(list, values));
  }

  /** Copies one value to its place in a list; throws like `list`. */
  place(value: unknown, list: unknown[], index: number): void {
    list[index] = this.#orUndo(() => this.put(list, index, value));
  }

  /** Puts a reference to an object, whatever it is, in its place in a list. */
  placeReference(value: object, list: unknown[], index: number): void {
    list[index] = undefined;
    this.holes.push(list, index, this.#export(value).reference);
  }

  /**
   * Looks again at the results among the arguments, once those that were waited for have settled: there may be more to wait for.
   * @throws LeaseholdError where one was let go of; nothing stays counted
   */
  complete(): void {
    const holes = this.holes.splice(0);
    this.results.splice(0);
    this.waits?.splice(0);
    this.#orUndo(() => {
      for (let at = 0; at < holes.length; at += 3) {
        const [container, key, reference] = holes.slice(at, at + 3) as [object, unknown, Reference];
        const isKey = reference[0] === Ref.key;
        const [ref, call] = (isKey ? reference[1] : reference) as [number, RemoteCall];
        if (ref !== Ref.result) this.holes.push(container, key, reference);
        else if (!isKey) setPlace(container, key, this.put(container, key, call.proxy));
        else replaceKeys(container, new Map([[key, this.putKey(container, call.proxy)]]));
      }
    });
  }

  /** Gives back the references that were counted. */
  undo(): void {
    this.#tally.undo();
  }

  /** It has been sent. */
  announce(): void {
    this.#tally.announce();
  }

  /**
   * Why it cannot be sent, as far as that can be told without sending it: what is to be moved cannot be tried, but for whether it is
   * gone already. Undefined where nothing is found.
   * @param copy what the encoding made
   */
  faultIn(copy: unknown): unknown {
    for (const transferable of this.transfers) {
      if (transferable instanceof ArrayBuffer && transferable.detached) return movedAway();
    }
    if (this.transfers.size > 0) return undefined;
    const isResult = (part: unknown): boolean =>
      Array.isArray(part) && (part[0] === Ref.result || (part[0] === Ref.key && isResult(part[1])));
    try {
      structuredClone([copy, this.holes.filter((part) => !isResult(part))]);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  #orUndo<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.undo();
      throw isOverflow(error) ? this.refuse("is nested too deeply") : error;
    }
  }

  protected referToFunction(value: object): unknown {
    const referred = this.#exporter.referTo(value, this);
    if (!referred) return this.#handle(value) ?? this.#export(value);
    if (!(referred instanceof Hole)) return this.cross(referred.value);
    const [ref, slot] = referred.reference;
    if (ref === Ref.home || ref === Ref.member) this.#tally.hold(slot as Target);
    return referred;
  }

  protected referIfMarked(value: object): Hole | undefined {
    return this.#handle(value) ?? (proxyMarker in value ? this.#export(value) : undefined);
  }

  protected refer(value: object, crossing: ReferenceCrossing): unknown {
    switch (crossing) {
      case "error":
        return this.#error(value as Error);
      case "signal":
        return this.#signal(value as AbortSignal);
      case "reference":
        return this.#exporter.copiesInstances ? this.plain(value) : this.#export(value);
      default:
        return new Hole([Ref[crossing], this.#tally.count(Ref[crossing], value)]);
    }
  }

  protected refuse(why: string): LeaseholdError {
    const [index = 0, ...inside] = this.path;
    const what = this.waits ? `Argument ${Number(index) + 1} of ${this.#what}` : this.#what;
    const place = inside.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
    return new LeaseholdError("DataError", "not-cloneable", `${what}${place} ${why}.`);
  }

  #error(error: Error): Hole {
    const record = {};
    const hole = this.begin(error, new Hole([Ref.error, record]));
    const { own, ...rest } = toRecord(error, this.#exporter.showStack);
    this.copyInto(record, rest);
    const ownCopy = {};
    Object.assign(record, { own: ownCopy });
    // A property that cannot cross must not cost the error.
    for (const [key, value] of Object.entries(own)) this.#attempt(() => this.copyInto(ownCopy, { [key]: value }));
    return hole;
  }

  /** Does a part of the work, or none of it. */
  #attempt(work: () => void): void {
    const holes = this.holes.length;
    const counted = this.#tally.mark();
    const depth = this.path.length;
    const seen = new Map(this.seen);
    try {
      work();
    } catch (error) {
      if (!(error instanceof LeaseholdError)) throw error;
      this.holes.length = holes;
      this.path.length = depth;
      this.#tally.undo(counted);
      this.seen = seen;
    }
  }

  #signal(signal: AbortSignal): Hole {
    const slot = this.#tally.count(Ref.signal, signal);
    this.signals.set(slot, signal);
    const reference: Reference = [Ref.signal, slot, signal.aborted, undefined];
    if (signal.aborted) reference[3] = this.put(reference, 3, signal.reason, "reason");
    return new Hole(reference);
  }

  #export(value: object): Hole {
    return new Hole([Ref.export, this.#tally.count(Ref.export, value), traitsOf(value), nameOfThing(value)]);
  }

  /** Asks the page's own transfer handlers. */
  #handle(value: object): Hole | undefined {
    if (transferHandlers.size === builtIn.size) return undefined;
    for (const [name, handler] of transferHandlers as Map<string, TransferHandler<unknown, unknown>>) {
      if (builtIn.has(handler) || !handler.canHandle(value)) continue;
      const [serialized, transferables] = handler.serialize(value);
      for (const transferable of transferables) this.transfers.add(transferable);
      const reference: Reference = [Ref.handled, name, undefined];
      reference[2] = this.put(reference, 2, serialized, name);
      return new Hole(reference);
    }
    return undefined;
  }
}

/** Whether the engine ran out of stack. */
function isOverflow(error: unknown): boolean {
  return /stack|recursion/.test(String((error as Error | undefined)?.message)) && !(error instanceof LeaseholdError);
}

function movedAway(): LeaseholdError {
  const message = "A buffer was moved away before; send another one, or a copy.";
  return new LeaseholdError("DataError", "not-cloneable", message);
}
