/** What a person reads in the place of any value, however odd. */
export function describe(value: unknown): string {
  try {
    const isReadable =
      (typeof value !== "object" && typeof value !== "function") || value === null || value instanceof Error;
    // Text of other things may be of any length.
    return isReadable ? String(value) : Object.prototype.toString.call(value);
  } catch {
    return typeof value;
  }
}
