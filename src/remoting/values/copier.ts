import type { LeaseholdError } from "../../errors.js";
import { plannedOf } from "../plan/planned-value.js";
import { Ref, type Reference } from "../wire/protocol.js";
import { crossingOf, isTooMighty, type Crossing } from "./crossing.js";
import { Hole } from "./hole.js";
import { KEPT } from "./kept.js";
import { isPrimitive } from "./primitive.js";
import { nameOfThing } from "./traits.js";
import { transfersOf } from "./transfer.js";

/** Beyond this length, an array is looked at by what is in it: there may be next to nothing. */
const LONGEST_DENSE = 2 ** 24;

/** What crosses by a reference of its own kind, as `Crossing` names it. */
export type ReferenceCrossing = Extract<
  Crossing,
  "error" | "promise" | "signal" | "readable" | "writable" | "reference"
>;

/**
 * Copies plain data as it is now, with holes where there is something that cannot be copied; shared parts and cycles stay what they
 * are. What stands in the holes is a matter of who extends it.
 */
export abstract class Copier {
  /** Container, key, reference, flat; see `protocol.ts`. */
  readonly holes: unknown[] = [];
  /** What is moved instead of copied. */
  readonly transfers = new Set<Transferable>();
  /** What was met, and the copy of it, or the hole that it leaves. */
  protected seen = new Map<object, unknown>();
  /** Where in the value the work is, for messages. */
  protected readonly path: (string | number)[] = [];

  /** What becomes of something that crosses by reference. */
  protected abstract refer(value: object, crossing: ReferenceCrossing): unknown;

  /** What becomes of a function, or of one of the session's proxies. */
  protected abstract referToFunction(value: object): unknown;

  /** What becomes of an object that is treated in a special way, whatever it is; undefined for any other. */
  protected abstract referIfMarked(value: object): Hole | undefined;

  /** The error of what cannot be sent; `why` goes on from its name. */
  protected abstract refuse(why: string): LeaseholdError;

  protected fill(copy: unknown[], values: readonly unknown[]): unknown[] {
    if (values.length > LONGEST_DENSE) return this.copyInto(copy, values) as unknown[];
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      copy[index] = isPrimitive(value) ? value : this.put(copy, index, value);
    }
    return copy;
  }

  /** The copy of a value for a place in a container, whose hole it lists where it has one. */
  protected put(container: object, key: unknown, value: unknown, at: string | number = String(key)): unknown {
    this.path.push(typeof key === "number" ? key : at);
    const copy = this.cross(value);
    this.path.pop();
    if (!(copy instanceof Hole)) return copy;
    this.holes.push(container, key, copy.reference);
    return undefined;
  }

  /** The same for a key of a Map or a member of a Set, where a stand-in keeps the place. */
  protected putKey(container: object, value: unknown): unknown {
    if (isPrimitive(value)) return value;
    this.path.push("a key");
    const copy = this.cross(value);
    this.path.pop();
    if (!(copy instanceof Hole)) return copy;
    const standIn = {};
    this.holes.push(container, standIn, [Ref.key, copy.reference] satisfies Reference);
    return standIn;
  }

  protected cross(value: unknown): unknown {
    if (isPrimitive(value)) return value;
    if (value === KEPT) return new Hole([Ref.kept]);
    if (typeof value === "symbol") throw this.refuse("is a symbol, which cannot be sent; send a string");
    if (typeof value === "function") {
      if (plannedOf(value)) throw this.refuse("is a planned value, which is known only to the chunk() it belongs to");
      if (isTooMighty(value))
        throw this.refuse(
          "makes code of text, or reaches into any object, and is given to nobody; wrap it in a function that does what you need of it",
        );
      return this.referToFunction(value);
    }
    const object = value as object;
    const seen = this.seen.get(object);
    if (seen !== undefined) {
      // Each occurrence of what is exported counts.
      const isExport = seen instanceof Hole && seen.reference[0] === Ref.export;
      return isExport ? (this.referIfMarked(object) ?? this.refer(object, "reference")) : seen;
    }
    for (const transferable of transfersOf(object) ?? []) this.transfers.add(transferable);
    const copy = this.referIfMarked(object) ?? this.#object(object);
    this.seen.set(object, copy);
    return copy;
  }

  #object(value: object): unknown {
    // What the caller has asked to be moved goes as it is.
    if (this.transfers.has(value as Transferable)) return value;
    const crossing = crossingOf(value);
    switch (crossing) {
      case "array":
        return this.#array(value as unknown[]);
      case "plain":
        return this.plain(value);
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
      case "refused": {
        const name = nameOfThing(value) || "platform object";
        throw this.refuse(
          `is a ${name}, which stays where it is; send what you need of it as plain data, or a function that works on it here`,
        );
      }
      default:
        return this.refer(value, crossing);
    }
  }

  #array(value: unknown[]): unknown[] {
    return this.fill(this.begin(value, new Array<unknown>(value.length)), value);
  }

  /** Enters a container before its parts, which may lead back to it. */
  protected begin<T extends object>(value: object, copy: T): T {
    this.seen.set(value, copy);
    return copy;
  }

  protected plain(value: object): object {
    return this.copyInto(this.begin(value, {}), value);
  }

  protected copyInto(copy: object, value: object): object {
    for (const key of Object.keys(value)) {
      const part = (value as Record<string, unknown>)[key];
      const sent = isPrimitive(part) ? part : this.put(copy, key, part);
      if (key !== "__proto__") (copy as Record<string, unknown>)[key] = sent;
      else Object.defineProperty(copy, key, { value: sent, enumerable: true, writable: true, configurable: true });
    }
    return copy;
  }

  #map(value: Map<unknown, unknown>): Map<unknown, unknown> {
    const copy = this.begin(value, new Map<unknown, unknown>());
    for (const [key, part] of value) {
      const sent = this.putKey(copy, key);
      copy.set(sent, isPrimitive(part) ? part : this.put(copy, sent, part, `get(${nameOfKey(key)})`));
    }
    return copy;
  }

  #set(value: Set<unknown>): Set<unknown> {
    const copy = this.begin(value, new Set<unknown>());
    for (const member of value) copy.add(this.putKey(copy, member));
    return copy;
  }

  #buffer(buffer: ArrayBuffer): ArrayBuffer {
    // What is gone already is for the platform to refuse.
    return this.transfers.has(buffer) || buffer.detached ? buffer : buffer.slice(0);
  }

  /** Views of one buffer stay views of one buffer. */
  #view(view: Uint8Array): ArrayBufferView {
    const buffer = this.cross(view.buffer) as ArrayBuffer;
    if (buffer === view.buffer) return view;
    const { name } = view.constructor;
    const constructor = (globalThis as unknown as Record<string, typeof Uint8Array>)[name] ?? Uint8Array;
    return new constructor(buffer, view.byteOffset, view.length ?? view.byteLength);
  }
}

function nameOfKey(key: unknown): string {
  return isPrimitive(key) ? String(key) : "a key";
}
