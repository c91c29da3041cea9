/**
 * What was thrown, in a line for messages; it need not be an error, and whoever threw it may have made anything of it: lists that have
 * each other twice, of which there is more text than memory.
 */
export function thrownText(thrown: unknown): string {
  try {
    if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
    return Array.isArray(thrown) ? Object.prototype.toString.call(thrown) : String(thrown);
  } catch {
    return "something that cannot be shown";
  }
}
