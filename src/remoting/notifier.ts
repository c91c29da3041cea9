import type { Target } from "./protocol.js";
import type { Session } from "./session.js";

/** `T` for a caller who does not care what becomes of a call: nothing is returned, and nothing fails. */
export type Notifier<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => unknown ? (...args: A) => void : never;
};

/** Makes calls whose outcome nobody waits for, not even by an unhandled rejection once the session has closed. */
export function createNotifier<T extends object>(session: Pick<Session, "call">, target: Target): Notifier<T> {
  const ignore = (): void => {};
  return new Proxy({} as Notifier<T>, {
    get:
      (_object, name) =>
      (...args: unknown[]) =>
        void session.call(target, String(name), args).catch(ignore),
  });
}
