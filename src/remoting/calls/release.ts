import { isPlainObject } from "../values/plain-object.js";
import { handlerOf } from "./handler.js";

/**
 * Lets go of a remote, of a remote promise, or of all of them inside arrays, Maps, Sets and plain objects. What was let go of
 * rejects from then on; letting go twice is fine.
 */
export function release(value: unknown): void {
  visit(value, (handler) => handler.release?.(), new Set());
}

/** Lets go of what came in one message and nobody got to see, but not of what the same remotes stand for from other messages. */
export function giveBack(value: unknown): void {
  visit(value, (handler) => handler.giveBack?.(), new Set());
}

/** Says of remotes that came as the result of a call where that was made. */
export function noteSite(value: unknown, site: string): void {
  visit(value, (handler) => handler.noteSite?.(site), new Set());
}

/** A handler of one of our proxies; members have nothing of their own to let go of. */
interface Releasable {
  release?(): void;
  giveBack?(): void;
  noteSite?(site: string): void;
}

function visit(value: unknown, letGo: (handler: Releasable) => void, seen: Set<unknown>): void {
  const handler = handlerOf(value) as Releasable | undefined;
  if (handler) return letGo(handler);
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Map) {
    for (const [key, part] of value) {
      visit(key, letGo, seen);
      visit(part, letGo, seen);
    }
  } else if (value instanceof Set || Array.isArray(value)) {
    for (const part of value as Iterable<unknown>) visit(part, letGo, seen);
  } else if (isPlainObject(value) || value instanceof Error) {
    for (const part of Object.values(value)) visit(part, letGo, seen);
    if (value instanceof Error) visit(value.cause, letGo, seen);
  }
}
