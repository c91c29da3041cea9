import { transfer as markForComlink } from "comlink";

const marked = new WeakMap<object, Transferable[]>();

/**
 * Marks a value so that, when it is next sent, `transfers` are moved with it instead of copied; they are then unusable on
 * this side. Nothing is moved without being marked. Same as Comlink's function of that name.
 */
export function transfer<T extends object>(value: T, transfers: Transferable[]): T {
  marked.set(value, transfers);
  return markForComlink(value, transfers);
}

/** What is to be moved when these values are sent, each thing once. */
export function transfersOf(values: Iterable<unknown>): Transferable[] {
  const found = new Set<Transferable>();
  for (const value of values) {
    if (typeof value !== "object" || value === null) continue;
    for (const transferable of marked.get(value) ?? []) found.add(transferable);
  }
  return [...found];
}
