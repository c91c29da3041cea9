import { describe } from "../values/describe.js";

const named = new WeakSet<object>();

/**
 * What an operation fails with that depends on a failed one: an error of the same class with the same properties, which names
 * the step. The original is its cause.
 */
export function stepError(label: string, error: unknown): Error {
  if (error instanceof Error && named.has(error)) return error;
  const message = `${label} failed: ${error instanceof Error ? error.message : describe(error)}`;
  const step =
    error instanceof Error
      ? (Object.create(Object.getPrototypeOf(error) as object, Object.getOwnPropertyDescriptors(error)) as Error)
      : new Error(message);
  for (const [key, value] of Object.entries({ message, cause: error })) {
    Object.defineProperty(step, key, { value, writable: true, configurable: true });
  }
  named.add(step);
  return step;
}
