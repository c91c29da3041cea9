import type { Target } from "../wire/protocol.js";

/** Keeps the objects that the other side was sent references to, and results that it has not asked for yet. */
export class Vault {
  readonly objects = new Map<Target, object>();
  readonly slots = new Map<object, Target>();
  /** By the number of the operation. */
  readonly results = new Map<number, unknown>();

  /** Keeps an object no longer, and returns it. */
  remove(slot: Target): object | undefined {
    const object = this.objects.get(slot);
    this.objects.delete(slot);
    if (object) this.slots.delete(object);
    return object;
  }
}
