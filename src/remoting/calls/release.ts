import { isPlainObject } from "../values/plain-object.js";
import { isPrimitive } from "../values/primitive.js";
import { handlerOf, type Handler } from "./handler.js";

/**
 * Lets go of a remote, of a remote promise, or of all of them inside arrays, Maps, Sets and plain objects. What was let go of
 * rejects from then on; letting go twice is fine.
 */
export function release(value: unknown): void {
  visit(value, (handler) => handler.release());
}

/** Lets go of what came in one message and nobody got to see, but not of what the same remotes stand for from other messages. */
export function giveBack(value: unknown, isAside = false): void {
  for (const remote of remotesIn(value)) handlerOf(remote)?.giveBack(isAside);
}

/** Has what came in one message, and is kept for another session's other side, hold nothing; `giveBack` lets go of it. */
export function setAside(value: unknown): void {
  for (const remote of remotesIn(value)) handlerOf(remote)?.setAside();
}

/** The remotes in a value, each as often as it occurs. */
export function remotesIn(value: unknown): object[] {
  const remotes: object[] = [];
  visit(value, ({ proxy }) => remotes.push(proxy));
  return remotes;
}

/** By remote: where in a list it occurs, the last place first. What is in several places of the list is in the last of them. */
export function placesOfRemotes(list: readonly unknown[]): Map<object, number[]> {
  const places = new Map<object, number[]>();
  const seen = new Set<unknown>();
  for (let at = list.length - 1; at >= 0; at--) {
    const add = ({ proxy }: Handler): void => {
      const known = places.get(proxy);
      if (known) known.push(at);
      else places.set(proxy, [at]);
    };
    if (!isPrimitive(list[at])) visit(list[at], add, seen);
  }
  return places;
}

/** Says of remotes that came as the result of a call where that was made. */
export function noteSite(value: unknown, site: string): void {
  visit(value, (handler) => handler.noteSite(site));
}

/**
 * Looks at all parts of a value, level by level: it may come from the other side, and be as deep as that likes.
 * @param seen parts that are passed over
 */
function visit(value: unknown, act: (handler: Handler) => void, seen = new Set<unknown>()): void {
  const left: unknown[] = [value];
  for (const part of left) {
    const handler = handlerOf(part);
    if (handler) act(handler);
    if (typeof part !== "object" || part === null || seen.has(part)) continue;
    seen.add(part);
    for (const inner of partsOf(part)) if (!isPrimitive(inner)) left.push(inner);
  }
}

/** What is in a value that can be looked into. */
export function* partsOf(value: object): Iterable<unknown> {
  if (value instanceof Map) for (const entry of value) yield* entry;
  else if (value instanceof Set) yield* value;
  // By what is in it: an array can be as long as nobody has the time to look at.
  else if (Array.isArray(value) || isPlainObject(value) || value instanceof Error) yield* Object.values(value);
  if (value instanceof Error) yield value.cause;
}
