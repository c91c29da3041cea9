import { handlerOf } from "./handler.js";

/**
 * Lets go of a remote, of a remote promise, or of all of them inside arrays, Maps, Sets and plain objects. What was let go of
 * rejects from then on; letting go twice is fine.
 */
export function release(value: unknown): void {
  releaseParts(value, new Set());
}

function releaseParts(value: unknown, seen: Set<unknown>): void {
  const handler = handlerOf(value) as { release?(): void } | undefined;
  if (handler) return handler.release?.();
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Map) {
    for (const [key, part] of value) {
      releaseParts(key, seen);
      releaseParts(part, seen);
    }
  } else if (value instanceof Set || Array.isArray(value)) {
    for (const part of value as Iterable<unknown>) releaseParts(part, seen);
  } else if (isPlain(value) || value instanceof Error) {
    for (const part of Object.values(value)) releaseParts(part, seen);
    if (value instanceof Error) releaseParts(value.cause, seen);
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
