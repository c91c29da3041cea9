import { Kind, type Target } from "../wire/protocol.js";
import type { Invoker } from "./invoker.js";

/** `T` for a caller who does not care what becomes of a call: nothing is returned, and nothing fails. */
export type Notifier<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => unknown ? (...args: A) => void : never;
};

/** Makes calls whose outcome nobody waits for, not even by an unhandled rejection once the session has closed. */
export function createNotifier<T extends object>(invoker: Invoker, target: Target): Notifier<T> {
  const ignore = (): void => {};
  return new Proxy({} as Notifier<T>, {
    get:
      (_object, name) =>
      (...args: unknown[]) =>
        void (invoker.invoke(Kind.call, target, String(name), args) as Promise<unknown>).catch(ignore),
  });
}
