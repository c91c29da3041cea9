/** What an operation came to, where that is not simply its result: it is still running, or it failed. */
export type Outcome = Waiting | Failed;

export class Waiting {
  readonly promise: Promise<unknown>;
  /** Of the operation, e.g. "open()". */
  readonly label: string;
  /** Epoch milliseconds. */
  readonly since = Date.now();
  /** Waits no more for the call that it was passed on as. */
  readonly giveUp: (() => void) | undefined;
  /** Whether it has a value by now. */
  isSettled = false;
  value: unknown;

  constructor(promise: Promise<unknown>, label: string, giveUp?: () => void) {
    this.promise = promise;
    this.giveUp = giveUp;
    this.label = label;
    promise.then(
      (value) => {
        this.isSettled = true;
        this.value = value;
      },
      // Whoever depends on it says so by itself.
      () => {},
    );
  }
}

export class Failed {
  readonly error: unknown;
  readonly label: string;

  constructor(error: unknown, label: string) {
    this.error = error;
    this.label = label;
  }
}
