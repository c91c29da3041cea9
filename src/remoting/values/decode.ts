import { transferHandlers } from "comlink";
import { isCount, isPath } from "../wire/guard.js";
import { Ref, type ErrorRecord, type MemberPath, type Reference, type Target } from "../wire/protocol.js";
import { Violation } from "../wire/violation.js";
import { KEPT } from "./kept.js";
import { completeError, createError } from "./error-record.js";
import { LONGEST_NAME } from "./traits.js";

/** Comlink's own, which are never sent: they would have Comlink itself listen to the other side. */
const builtIn = new Set<unknown>(transferHandlers.values());

/** What a session does for the references that it receives. Each throws a Violation for what the other side cannot have. */
export interface Importer {
  receive(slot: Target, traits: number, name: string): object;
  /** Something of this side's own that comes home. */
  resolveHome(target: Target): object;
  receivePromise(slot: Target): Promise<unknown>;
  receiveSignal(slot: Target): AbortSignal;
  receiveStream(ref: number, slot: Target): object;
}

/** An argument that is found out only when its operation runs: the result of another one, or a member of something. */
export interface LateHole {
  container: object;
  key: unknown;
  /** Whether it is a key of a Map or a member of a Set, for which the key stands. */
  isKey: boolean;
  /** Of the operation whose result it is; undefined for a member. */
  number?: number;
  member?: { of: object; path: MemberPath };
  /** Of the operation that needs it, in its chunk. */
  index: number;
}

/**
 * Fills the holes of a packet's data with what they refer to.
 * @returns those that are late
 * @throws Violation
 */
export function fillHoles(holes: unknown[], importer: Importer): LateHole[] {
  return new Filling(importer).fill(holes);
}

class Filling {
  readonly #importer: Importer;
  /** By reference, which structured clone keeps the identity of: what was sent as one thing stays one. */
  readonly #made = new Map<unknown, unknown>();
  readonly #errors: [Error, ErrorRecord][] = [];
  readonly #stands = new Map<object, Map<unknown, unknown>>();
  readonly #waiting: LateHole[] = [];

  constructor(importer: Importer) {
    this.#importer = importer;
  }

  fill(list: unknown[]): LateHole[] {
    if (list.length % 3 !== 0) throw new Violation("holes of the wrong shape");
    // A copy: a hole in the list itself would make something of this side's a container.
    const holes = [...list];
    for (let at = 0; at < holes.length; at += 3) this.#fillOne(holes[at], holes[at + 1], holes[at + 2]);
    for (const [container, values] of this.#stands) replaceKeys(container, values);
    for (const [error, record] of this.#errors) {
      // Its holes have been filled since.
      if (!isErrorRecord(record)) throw new Violation("an error of the wrong shape");
      completeError(error, record);
    }
    return this.#waiting;
  }

  #fillOne(container: unknown, key: unknown, reference: unknown): void {
    if (typeof container !== "object" || container === null || !isReference(reference)) {
      throw new Violation("a hole of the wrong shape");
    }
    if (reference[0] === Ref.key) {
      const [, standsFor] = reference;
      if (!(container instanceof Map || container instanceof Set) || !container.has(key) || !isReference(standsFor)) {
        throw new Violation("a hole where there is no key");
      }
      if (isLate(standsFor)) return this.#expect(container, key, standsFor, true);
      let values = this.#stands.get(container);
      if (!values) this.#stands.set(container, (values = new Map()));
      values.set(key, this.#resolve(standsFor));
    } else if (isLate(reference)) {
      requirePlace(container, key);
      this.#expect(container, key, reference, false);
    } else {
      requirePlace(container, key);
      setPlace(container, key, this.#resolve(reference));
    }
  }

  #expect(container: object, key: unknown, [ref, number, second, third]: Reference, isKey: boolean): void {
    const index = ref === Ref.result ? second : third;
    if (!isCount(number) || !isCount(index)) throw new Violation("a late argument of the wrong shape");
    if (ref === Ref.result) this.#waiting.push({ container, key, isKey, index, number });
    else {
      if (!isPath(second)) throw new Violation("a member of the wrong shape");
      const path = typeof second === "string" ? second : [...second];
      this.#waiting.push({ container, key, isKey, index, member: { of: this.#importer.resolveHome(number), path } });
    }
  }

  #resolve(reference: Reference): unknown {
    if (this.#made.has(reference)) return this.#made.get(reference);
    const value = this.#make(reference);
    this.#made.set(reference, value);
    return value;
  }

  #make([ref, slot, second, third]: Reference): unknown {
    const importer = this.#importer;
    if (ref === Ref.error) return this.#error(slot);
    if (ref === Ref.handled) return deserialize(slot, second);
    if (ref === Ref.kept) return KEPT;
    if (!isCount(slot)) throw new Violation("a reference of the wrong shape");
    switch (ref) {
      case Ref.export:
        if (!isCount(second) || typeof third !== "string") break;
        return importer.receive(slot, second, third.slice(0, LONGEST_NAME));
      case Ref.home:
        return importer.resolveHome(slot);
      case Ref.promise:
        return importer.receivePromise(slot);
      case Ref.signal:
        return second === true ? AbortSignal.abort(third) : importer.receiveSignal(slot);
      case Ref.readable:
      case Ref.writable:
        return importer.receiveStream(ref, slot);
    }
    throw new Violation("a reference of the wrong shape");
  }

  #error(record: unknown): Error {
    if (!isErrorRecord(record)) throw new Violation("an error of the wrong shape");
    const made = this.#made.get(record) as Error | undefined;
    if (made) return made;
    const error = createError(record);
    this.#made.set(record, error);
    this.#errors.push([error, record]);
    return error;
  }
}

/** Puts a value where a hole was. */
export function setPlace(container: object, key: unknown, value: unknown): void {
  if (container instanceof Map) container.set(key, value);
  // Its own property, as was made sure of: also one called "__proto__" is just set.
  else (container as Record<PropertyKey, unknown>)[key as PropertyKey] = value;
}

function requirePlace(container: object, key: unknown): void {
  const isThere =
    container instanceof Map
      ? container.has(key)
      : (typeof key === "string" || isCount(key)) &&
        Object.hasOwn(container, key) &&
        !(Array.isArray(container) && key === "length");
  if (!isThere) throw new Violation("a hole where there is no place");
}

/** Puts values where stand-ins were, in the same order. */
export function replaceKeys(container: object, values: Map<unknown, unknown>): void {
  const replaced = (key: unknown): unknown => (values.has(key) ? values.get(key) : key);
  if (container instanceof Map) {
    const entries = [...container];
    container.clear();
    for (const [key, value] of entries) container.set(replaced(key), value);
  } else if (container instanceof Set) {
    const members = [...container];
    container.clear();
    for (const member of members) container.add(replaced(member));
  }
}

function deserialize(name: unknown, value: unknown): unknown {
  const handler = typeof name === "string" ? transferHandlers.get(name) : undefined;
  if (!handler || builtIn.has(handler))
    throw new Violation("a value of a transfer handler that is not registered here");
  return handler.deserialize(value);
}

function isReference(data: unknown): data is Reference {
  return Array.isArray(data) && typeof data[0] === "number";
}

function isLate([ref]: Reference): boolean {
  return ref === Ref.result || ref === Ref.member;
}

function isErrorRecord(data: unknown): data is ErrorRecord {
  if (typeof data !== "object" || data === null) return false;
  const { name, message, stack, errors, own } = data as Record<string, unknown>;
  return (
    typeof name === "string" &&
    typeof message === "string" &&
    (stack === undefined || typeof stack === "string") &&
    (errors === undefined || Array.isArray(errors)) &&
    typeof own === "object" &&
    own !== null
  );
}
