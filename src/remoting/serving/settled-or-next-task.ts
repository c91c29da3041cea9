/** Resolves once all of them have settled, or with the next task, whichever comes first. */
export function settledOrNextTask(promises: Promise<unknown>[]): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve);
    void Promise.allSettled(promises).then(() => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}
