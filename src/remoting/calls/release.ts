import { isPlainObject } from "../values/plain-object.js";
import { handlerOf, type Handler } from "./handler.js";

/**
 * Lets go of a remote, of a remote promise, or of all of them inside arrays, Maps, Sets and plain objects. What was let go of
 * rejects from then on; letting go twice is fine.
 */
export function release(value: unknown): void {
  visit(value, (handler) => handler.release(), new Set());
}

/** Lets go of what came in one message and nobody got to see, but not of what the same remotes stand for from other messages. */
export function giveBack(value: unknown): void {
  for (const remote of remotesIn(value)) handlerOf(remote)?.giveBack();
}

/** The remotes in a value, each as often as it occurs. */
export function remotesIn(value: unknown): object[] {
  const remotes: object[] = [];
  visit(value, ({ proxy }) => remotes.push(proxy), new Set());
  return remotes;
}

/** Says of remotes that came as the result of a call where that was made. */
export function noteSite(value: unknown, site: string): void {
  visit(value, (handler) => handler.noteSite(site), new Set());
}

function visit(value: unknown, act: (handler: Handler) => void, seen: Set<unknown>): void {
  const handler = handlerOf(value);
  if (handler) return act(handler);
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Map) {
    for (const [key, part] of value) {
      visit(key, act, seen);
      visit(part, act, seen);
    }
  } else if (value instanceof Set || Array.isArray(value)) {
    for (const part of value as Iterable<unknown>) visit(part, act, seen);
  } else if (isPlainObject(value) || value instanceof Error) {
    for (const part of Object.values(value)) visit(part, act, seen);
    if (value instanceof Error) visit(value.cause, act, seen);
  }
}
