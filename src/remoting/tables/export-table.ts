import { finalizer } from "comlink";
import { handlerOf } from "../calls/handler.js";
import { FIRST_SLOT, type Target } from "../wire/protocol.js";
import { Violation } from "../wire/violation.js";
import { Vault } from "./vault.js";

/**
 * What the other side may reach: objects exposed under a fixed number, and those that it was sent a reference to, each counted
 * once per occurrence. Slots are never used again.
 *
 * While the table is anchored it keeps those objects. Otherwise the proxies of the other side's things do that, which are here: so a
 * cycle that leads from such a proxy to the other side and back by an object of this side's is garbage as soon as nothing else
 * leads to it, and the collector finds it.
 */
export class ExportTable {
  readonly #exposed = new Map<Target, object>();
  readonly #counts = new Map<Target, number>();
  #anchor: Vault | undefined = new Vault();
  #weak = new WeakRef(this.#anchor as Vault);
  #next = FIRST_SLOT;
  #isOver = false;

  /** How many objects the other side holds, those exposed apart. */
  get size(): number {
    return this.#counts.size;
  }

  /** What keeps the exported objects: who holds something of the other side's has to hold this, too. */
  get vault(): Vault {
    const vault = this.#anchor ?? this.#weak.deref();
    if (vault) return vault;
    const fresh = new Vault();
    this.#weak = new WeakRef(fresh);
    return fresh;
  }

  /** Has the table itself keep the exported objects, or not. */
  anchor(isAnchored: boolean): void {
    this.#anchor = isAnchored ? this.vault : undefined;
  }

  expose(target: Target, object: object): void {
    this.#exposed.set(target, object);
  }

  get(target: Target): object | undefined {
    return target < FIRST_SLOT ? this.#exposed.get(target) : this.vault.objects.get(target);
  }

  /** Whether the other side holds something of which nothing is left here, as it was collected together with all that led to it. */
  isLost(slot: Target): boolean {
    return this.#counts.has(slot) && !this.vault.objects.has(slot);
  }

  /** Counts one occurrence more of an object; returns its slot. */
  add(object: object): Target {
    // What ends after its session is sent to nobody.
    if (this.#isOver) return this.#next++;
    const { vault } = this;
    let slot = vault.slots.get(object);
    if (slot === undefined) {
      slot = this.#next++;
      vault.slots.set(object, slot);
      vault.objects.set(slot, object);
    }
    this.#counts.set(slot, (this.#counts.get(slot) ?? 0) + 1);
    return slot;
  }

  /**
   * Takes back so many occurrences; at none, the object is forgotten, and told so where it has Comlink's `finalizer`.
   * @throws Violation where there are not so many
   */
  subtract(slot: Target, count: number): void {
    const counted = this.#counts.get(slot);
    if (!counted || count < 1 || count > counted) throw new Violation("a release of what it does not hold");
    if (counted === count) this.#forget(slot);
    else this.#counts.set(slot, counted - count);
  }

  /** Forgets everything, what was exposed, too, and takes in no more. What has a `finalizer` is told why. */
  clear(reason: unknown): void {
    this.#isOver = true;
    for (const slot of this.#counts.keys()) this.#forget(slot, reason);
    for (const object of new Set(this.#exposed.values())) finalize(object, reason);
    this.#exposed.clear();
  }

  #forget(slot: Target, reason?: unknown): void {
    const object = this.vault.remove(slot);
    this.#counts.delete(slot);
    if (!object) return;
    const loan = handlerOf(object)?.loan;
    if (loan) loan.letGo();
    else finalize(object, reason);
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
