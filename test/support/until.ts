/**
 * Waits until `holds()` is truthy, looking every few milliseconds, and returns what it answered.
 * @throws naming `what` when that takes more than `within` milliseconds
 */
export async function until<T>(what: string, holds: () => T | Promise<T>, within = 5000): Promise<NonNullable<T>> {
  for (const end = performance.now() + within; ;) {
    const answer = await holds();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`After ${within} ms it did not come true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
