import { finalizer } from "comlink";
import { FIRST_SLOT, type Target } from "../wire/protocol.js";
import { Violation } from "../wire/violation.js";

interface Entry {
  readonly object: object;
  /** How often it was sent, less what was released. */
  count: number;
}

/**
 * What the other side may reach: objects exposed under a fixed number, and those that it was sent a reference to, each counted
 * once per occurrence. Slots are never used again.
 */
export class ExportTable {
  readonly #exposed = new Map<Target, object>();
  readonly #entries = new Map<Target, Entry>();
  readonly #slots = new Map<object, Target>();
  #next = FIRST_SLOT;
  #isOver = false;

  /** How many objects the other side holds, those exposed apart. */
  get size(): number {
    return this.#entries.size;
  }

  expose(target: Target, object: object): void {
    this.#exposed.set(target, object);
  }

  get(target: Target): object | undefined {
    return target < FIRST_SLOT ? this.#exposed.get(target) : this.#entries.get(target)?.object;
  }

  /** Counts one occurrence more of an object; returns its slot. */
  add(object: object): Target {
    // What ends after its session is sent to nobody.
    if (this.#isOver) return this.#next++;
    let slot = this.#slots.get(object);
    if (slot === undefined) {
      slot = this.#next++;
      this.#slots.set(object, slot);
      this.#entries.set(slot, { object, count: 0 });
    }
    (this.#entries.get(slot) as Entry).count++;
    return slot;
  }

  /**
   * Takes back so many occurrences; at none, the object is forgotten, and told so where it has Comlink's `finalizer`.
   * @throws Violation where there are not so many
   */
  subtract(slot: Target, count: number): void {
    const entry = this.#entries.get(slot);
    if (!entry || count < 1 || count > entry.count) throw new Violation("a release of what it does not hold");
    entry.count -= count;
    if (entry.count === 0) this.#forget(slot, entry);
  }

  /** Forgets everything, what was exposed, too, and takes in no more. What has a `finalizer` is told why. */
  clear(reason: unknown): void {
    this.#isOver = true;
    for (const [slot, entry] of this.#entries) this.#forget(slot, entry, reason);
    for (const object of new Set(this.#exposed.values())) finalize(object, reason);
    this.#exposed.clear();
  }

  #forget(slot: Target, { object }: Entry, reason?: unknown): void {
    this.#entries.delete(slot);
    this.#slots.delete(object);
    finalize(object, reason);
  }
}

function finalize(object: object, reason: unknown): void {
  const { [finalizer]: method } = object as { [finalizer]?: unknown };
  if (typeof method !== "function") return;
  try {
    Reflect.apply(method, object, [reason]);
  } catch (error) {
    // Its own affair: whoever released the object has nothing to do with it.
    reportError(error);
  }
}
