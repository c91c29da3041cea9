/** Calls back for things that were collected. */
export interface Collections<T> {
  /** @param held what the callback is given; it must not lead to the target. @param token for `unregister` */
  register(target: object, held: T, token?: object): void;
  unregister(token: object): void;
}

/**
 * The garbage collector as a safety net: calls back with what was registered for each target that it has collected, some time
 * later. Where there is no FinalizationRegistry it never does, and everything has to be released by hand.
 */
export function whenCollected<T>(onCollected: (held: T) => void): Collections<T> {
  if (typeof FinalizationRegistry === "function") return new FinalizationRegistry(onCollected);
  return { register() {}, unregister() {} };
}
