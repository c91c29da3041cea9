/** Whether something is a class, however it was written: only its prototype cannot be replaced. */
export function isClass(value: unknown): boolean {
  return typeof value === "function" && Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}
