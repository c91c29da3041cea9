import { proxyMarker, transferHandlers, type TransferHandler } from "comlink";
import { LeaseholdError } from "../../errors.js";
import type { RemoteCall } from "../calls/remote-call.js";
import { plannedOf } from "../plan/planned-value.js";
import { Ref, type Reference, type Target } from "../wire/protocol.js";
import { crossingOf, makesCode } from "./crossing.js";
import { replaceKeys, setPlace } from "./decode.js";
import { toRecord } from "./error-record.js";
import { Hole } from "./hole.js";
import { isPrimitive } from "./primitive.js";
import { KEPT } from "./kept.js";
import { nameOfThing, traitsOf } from "./traits.js";
import { transfersOf } from "./transfer.js";

/** What a session does for the values that it sends. */
export interface Exporter {
  /** Whether errors carry this side's stack to the other. */
  readonly withStack: boolean;
  /** Whether instances of classes are copied, as structured clone does, where they are not marked by `proxy`. */
  readonly copiesInstances: boolean;
  /** Counts one occurrence more of something that is referred to in this way; returns its slot. */
  count(ref: number, thing: object): Target;
  /** Takes such an occurrence back. */
  uncount(ref: number, slot: Target): void;
  /** Such an occurrence has been sent. */
  announce(ref: number, slot: Target): void;
  /** What stands for one of our proxies; undefined for any other function, which is exported. */
  referTo(value: unknown, encoding: Encoding): Hole | { value: unknown } | undefined;
}

/** Comlink's own, whose work is done here. */
const builtIn = new Set<unknown>(transferHandlers.values());

/**
 * One value, or the arguments of one call, on its way out: a copy of its plain parts as they are now, with holes where there
 * is something that cannot be copied. References that it counted are its own until it is sent; `undo` gives them back.
 */
export class Encoding {
  /** Container, key, reference, flat; see `protocol.ts`. */
  readonly holes: unknown[] = [];
  readonly transfers = new Set<Transferable>();
  /** Signals among the references. */
  readonly signals: Target[] = [];
  /**
   * Of the arguments of a call: calls whose results are among them and not there yet, so that it can be sent only once they have
   * settled; see `complete`. Undefined where a result that is not there crosses as a promise.
   */
  readonly waits: RemoteCall[] | undefined;
  /** What of the other side's own is among the values. */
  readonly homes: Target[] = [];
  /** Calls whose results are among the arguments by number. */
  readonly results: RemoteCall[] = [];
  readonly #exporter: Exporter;
  readonly #what: string;
  #seen = new Map<object, unknown>();
  readonly #path: (string | number)[] = [];
  /** What was counted: kind of reference and slot, flat. */
  readonly #counted: number[] = [];

  /**
   * @param what names the values for messages: "The result of render()" or, where they are the arguments of a call, "render()"
   * @param isArguments whether they are
   */
  constructor(exporter: Exporter, what: string, isArguments = false) {
    this.#exporter = exporter;
    this.#what = what;
    this.waits = isArguments ? [] : undefined;
  }

  /**
   * Copies a list of values; the copy is the container of their own holes.
   * @throws LeaseholdError "DataError" (`not-cloneable`) that names the place inside the value; nothing stays counted
   */
  list(values: readonly unknown[]): unknown[] {
    const list = new Array<unknown>(values.length);
    return this.#orUndo(() => this.#fill(list, values));
  }

  /** Copies one value to its place in a list; throws like `list`. */
  place(value: unknown, list: unknown[], index: number): void {
    list[index] = this.#orUndo(() => this.#put(list, index, value));
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
        else if (!isKey) setPlace(container, key, this.#put(container, key, call.proxy));
        else replaceKeys(container, new Map([[key, this.#putKey(container, call.proxy)]]));
      }
    });
  }

  /** Gives back the references that were counted. */
  undo(): void {
    this.#undoFrom(0);
  }

  /** It has been sent. */
  announce(): void {
    for (let at = 0; at < this.#counted.length; at += 2) {
      this.#exporter.announce(this.#counted[at] as number, this.#counted[at + 1] as Target);
    }
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
      throw isOverflow(error) ? this.#refuse("is nested too deeply") : error;
    }
  }

  #undoFrom(at: number): void {
    const counted = this.#counted.splice(at);
    for (let index = 0; index < counted.length; index += 2) {
      this.#exporter.uncount(counted[index] as number, counted[index + 1] as Target);
    }
  }

  #fill(copy: unknown[], values: readonly unknown[]): unknown[] {
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      copy[index] = isPrimitive(value) ? value : this.#put(copy, index, value);
    }
    return copy;
  }

  /** The copy of a value for a place in a container, whose hole it lists where it has one. */
  #put(container: object, key: unknown, value: unknown, at: string | number = String(key)): unknown {
    this.#path.push(typeof key === "number" ? key : at);
    const copy = this.#cross(value);
    this.#path.pop();
    if (!(copy instanceof Hole)) return copy;
    this.holes.push(container, key, copy.reference);
    return undefined;
  }

  /** The same for a key of a Map or a member of a Set, where a stand-in keeps the place. */
  #putKey(container: object, value: unknown): unknown {
    if (isPrimitive(value)) return value;
    this.#path.push("a key");
    const copy = this.#cross(value);
    this.#path.pop();
    if (!(copy instanceof Hole)) return copy;
    const standIn = {};
    this.holes.push(container, standIn, [Ref.key, copy.reference] satisfies Reference);
    return standIn;
  }

  #cross(value: unknown): unknown {
    if (isPrimitive(value)) return value;
    if (value === KEPT) return new Hole([Ref.kept]);
    if (typeof value === "symbol") throw this.#refuse("is a symbol, which cannot be sent; send a string");
    if (typeof value === "function") return this.#function(value);
    const object = value as object;
    const seen = this.#seen.get(object);
    if (seen !== undefined)
      return seen instanceof Hole && seen.reference[0] === Ref.export ? this.#export(object) : seen;
    for (const transferable of transfersOf(object) ?? []) this.transfers.add(transferable);
    const handled = this.#handle(object);
    if (handled) return handled;
    if (proxyMarker in object) return this.#export(object);
    const copy = this.#object(object);
    this.#seen.set(object, copy);
    return copy;
  }

  #function(value: object): unknown {
    const referred = this.#exporter.referTo(value, this);
    if (referred instanceof Hole) {
      const [ref, slot] = referred.reference;
      if (ref === Ref.home) this.homes.push(slot as Target);
      return referred;
    }
    if (referred) return this.#cross(referred.value);
    if (plannedOf(value)) throw this.#refuse("is a planned value, which is known only to the chunk() it belongs to");
    if (makesCode(value)) throw this.#refuse("makes code of text, and is given to nobody");
    return this.#handle(value) ?? this.#export(value);
  }

  #object(value: object): unknown {
    // What the caller has asked to be moved goes as it is.
    if (this.transfers.has(value as Transferable)) return value;
    switch (crossingOf(value)) {
      case "array":
        return this.#fill(this.#begin(value, new Array<unknown>((value as unknown[]).length)), value as unknown[]);
      case "plain":
        return this.#plain(value);
      case "map":
        return this.#map(value as Map<unknown, unknown>);
      case "set":
        return this.#set(value as Set<unknown>);
      case "date":
        return new Date(Number(value));
      case "buffer":
        return this.#buffer(value as ArrayBuffer);
      case "view":
        return this.#view(value as Uint8Array);
      case "clone":
        return value;
      case "error":
        return this.#error(value as Error);
      case "promise":
        return new Hole([Ref.promise, this.#count(Ref.promise, value)]);
      case "signal":
        return this.#signal(value as AbortSignal);
      case "readable":
        return new Hole([Ref.readable, this.#count(Ref.readable, value)]);
      case "writable":
        return new Hole([Ref.writable, this.#count(Ref.writable, value)]);
      case "reference":
        return this.#exporter.copiesInstances ? this.#plain(value) : this.#export(value);
      case "refused":
        throw this.#refuse(
          `is a ${nameOfThing(value) || "platform object"}, which stays where it is; send what you need of it as plain data`,
        );
    }
  }

  /** Enters a container before its parts, which may lead back to it. */
  #begin<T extends object>(value: object, copy: T): T {
    this.#seen.set(value, copy);
    return copy;
  }

  #plain(value: object): object {
    return this.#copyInto(this.#begin(value, {}), value);
  }

  #copyInto(copy: object, value: object): object {
    for (const key of Object.keys(value)) {
      const part = (value as Record<string, unknown>)[key];
      const sent = isPrimitive(part) ? part : this.#put(copy, key, part);
      if (key !== "__proto__") (copy as Record<string, unknown>)[key] = sent;
      else Object.defineProperty(copy, key, { value: sent, enumerable: true, writable: true, configurable: true });
    }
    return copy;
  }

  #map(value: Map<unknown, unknown>): Map<unknown, unknown> {
    const copy = this.#begin(value, new Map<unknown, unknown>());
    for (const [key, part] of value) {
      const sent = this.#putKey(copy, key);
      copy.set(sent, isPrimitive(part) ? part : this.#put(copy, sent, part, `get(${nameOfKey(key)})`));
    }
    return copy;
  }

  #set(value: Set<unknown>): Set<unknown> {
    const copy = this.#begin(value, new Set<unknown>());
    for (const member of value) copy.add(this.#putKey(copy, member));
    return copy;
  }

  #buffer(buffer: ArrayBuffer): ArrayBuffer {
    // What is gone already is for the platform to refuse.
    return this.transfers.has(buffer) || buffer.detached ? buffer : buffer.slice(0);
  }

  /** Views of one buffer stay views of one buffer. */
  #view(view: Uint8Array): ArrayBufferView {
    const buffer = this.#cross(view.buffer) as ArrayBuffer;
    if (buffer === view.buffer) return view;
    const { name } = view.constructor;
    const constructor = (globalThis as unknown as Record<string, typeof Uint8Array>)[name] ?? Uint8Array;
    return new constructor(buffer, view.byteOffset, view.length ?? view.byteLength);
  }

  #error(error: Error): Hole {
    const record = {};
    const hole = this.#begin(error, new Hole([Ref.error, record]));
    const { own, ...rest } = toRecord(error, this.#exporter.withStack);
    this.#copyInto(record, rest);
    const ownCopy = {};
    Object.assign(record, { own: ownCopy });
    // A property that cannot cross must not cost the error.
    for (const [key, value] of Object.entries(own)) this.#attempt(() => this.#copyInto(ownCopy, { [key]: value }));
    return hole;
  }

  /** Does a part of the work, or none of it. */
  #attempt(work: () => void): void {
    const holes = this.holes.length;
    const counted = this.#counted.length;
    const depth = this.#path.length;
    const seen = new Map(this.#seen);
    try {
      work();
    } catch (error) {
      if (!(error instanceof LeaseholdError)) throw error;
      this.holes.length = holes;
      this.#path.length = depth;
      this.#undoFrom(counted);
      this.#seen = seen;
    }
  }

  #signal(signal: AbortSignal): Hole {
    const slot = this.#count(Ref.signal, signal);
    this.signals.push(slot);
    const reference: Reference = [Ref.signal, slot, signal.aborted, undefined];
    if (signal.aborted) reference[3] = this.#put(reference, 3, signal.reason, "reason");
    return new Hole(reference);
  }

  #export(value: object): Hole {
    return new Hole([Ref.export, this.#count(Ref.export, value), traitsOf(value), nameOfThing(value)]);
  }

  #count(ref: number, thing: object): Target {
    const slot = this.#exporter.count(ref, thing);
    this.#counted.push(ref, slot);
    return slot;
  }

  /** Asks the page's own transfer handlers. */
  #handle(value: object): Hole | undefined {
    if (transferHandlers.size === builtIn.size) return undefined;
    for (const [name, handler] of transferHandlers as Map<string, TransferHandler<unknown, unknown>>) {
      if (builtIn.has(handler) || !handler.canHandle(value)) continue;
      const [serialized, transferables] = handler.serialize(value);
      for (const transferable of transferables) this.transfers.add(transferable);
      const reference: Reference = [Ref.handled, name, undefined];
      reference[2] = this.#put(reference, 2, serialized, name);
      return new Hole(reference);
    }
    return undefined;
  }

  #refuse(why: string): LeaseholdError {
    const [index = 0, ...inside] = this.#path;
    const what = this.waits ? `Argument ${Number(index) + 1} of ${this.#what}` : this.#what;
    const place = inside.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
    return new LeaseholdError("DataError", "not-cloneable", `${what}${place} ${why}.`);
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

function nameOfKey(key: unknown): string {
  return isPrimitive(key) ? String(key) : "a key";
}
