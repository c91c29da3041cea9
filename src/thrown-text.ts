/** What was thrown, in a line for messages; it need not be an error, and whoever threw it may have made anything of it. */
export function thrownText(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    return "something that cannot be shown";
  }
}
