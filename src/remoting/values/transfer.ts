import { transfer as markForComlink } from "comlink";

const marked = new WeakMap<object, Transferable[]>();

/**
 * Marks a value so that, whenever it is sent, at any depth, `transfers` are moved with it instead of copied; they are then
 * unusable on this side. Nothing is moved without being marked. Same as Comlink's function of that name.
 */
export function transfer<T extends object>(value: T, transfers: Transferable[]): T {
  marked.set(value, transfers);
  return markForComlink(value, transfers);
}

/** What is to be moved when this very value is sent. */
export function transfersOf(value: object): Transferable[] | undefined {
  return marked.get(value);
}
