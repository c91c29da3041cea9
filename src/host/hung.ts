const hung = new WeakSet<object>();

/** Notes that an error is of a unit that has not answered in time; a unit may throw one that looks like it. */
export function markHung<E extends Error>(error: E): E {
  hung.add(error);
  return error;
}

/**
 * Whether a unit has not answered in time. If it loops for ever, all sandboxed frames of the page stand still with it until
 * the last of them has gone, for they share a process: then warm ones, too, have to be started anew.
 */
export function isHung(error: unknown): boolean {
  return typeof error === "object" && error !== null && hung.has(error);
}
