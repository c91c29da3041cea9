/** A value of a plan that is not there yet. */
export class Later {
  readonly promise: Promise<unknown>;

  constructor(promise: Promise<unknown>) {
    this.promise = promise;
    // Its body waits for it, and hears of it.
    promise.catch(() => {});
  }
}

/** Goes on with values once all are there: at once where they are. */
export function whenThere(values: unknown[], go: (values: unknown[]) => unknown): unknown {
  for (const value of values) {
    if (!(value instanceof Later)) continue;
    const ready = Promise.all(values.map((one) => (one instanceof Later ? one.promise : one)));
    return new Later(ready.then((there) => unwrap(go(there))));
  }
  return go(values);
}

function unwrap(value: unknown): unknown {
  return value instanceof Later ? value.promise : value;
}
