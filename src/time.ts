/** In milliseconds; the most that a signed 32-bit number holds. */
export const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Waits for a promise, or for the signal: then rejects with its reason, whatever becomes of the promise. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => {});
    return Promise.reject(signal.reason as Error);
  }
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** Waits for a promise for so many milliseconds (Infinity: without bound), then rejects with what `late` makes. */
export function withinTime<T>(promise: Promise<T>, milliseconds: number, late: () => Error): Promise<T> {
  // What setTimeout cannot hold it runs at once.
  if (milliseconds > LONGEST_TIMEOUT) return promise;
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), milliseconds);
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
