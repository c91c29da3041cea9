/** Runs tasks of one key one after the other, and tasks of different keys side by side. */
export class Serial {
  readonly #last = new Map<string, Promise<unknown>>();

  run<R>(key: string, task: () => Promise<R>): Promise<R> {
    const result = (this.#last.get(key) ?? Promise.resolve()).then(task);
    const settled = result.then(noop, noop).then(() => {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    });
    this.#last.set(key, settled);
    return result;
  }
}

function noop() {}
