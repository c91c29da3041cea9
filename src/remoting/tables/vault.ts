import type { Target } from "../wire/protocol.js";

/** Keeps the objects that the other side was sent references to. */
export class Vault {
  readonly objects = new Map<Target, object>();
  readonly slots = new Map<object, Target>();

  /** Keeps an object no longer, and returns it. */
  remove(slot: Target): object | undefined {
    const object = this.objects.get(slot);
    this.objects.delete(slot);
    if (object) this.slots.delete(object);
    return object;
  }
}
