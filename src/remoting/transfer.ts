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

/** What is to be moved when these values are sent, each thing once; undefined where nothing is. */
export function transfersOf(values: readonly unknown[]): Transferable[] | undefined {
  let found: Set<Transferable> | undefined;
  for (const value of values) {
    if (typeof value !== "object" || value === null) continue;
    const transfers = marked.get(value);
    if (transfers) found = new Set([...(found ?? []), ...transfers]);
  }
  return found && [...found];
}
