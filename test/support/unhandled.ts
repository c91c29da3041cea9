let reasons: unknown[] | undefined;

addEventListener("unhandledrejection", (event) => {
  if (!reasons) return;
  reasons.push(event.reason);
  event.preventDefault();
  event.stopImmediatePropagation();
});

/**
 * Runs `body`, and returns what promises rejected with meanwhile that nobody handled. To keep them from whoever else counts such
 * rejections, import it first.
 */
export async function unhandled(body: () => unknown): Promise<unknown[]> {
  const heard: unknown[] = (reasons = []);
  try {
    await body();
    // The event comes at the end of a task.
    for (let task = 0; task < 3; task++) await new Promise((resolve) => setTimeout(resolve, 10));
  } finally {
    reasons = undefined;
  }
  return heard;
}
