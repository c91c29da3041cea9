import { withAddresses } from "./source-addresses.js";

/** An error as a person reads it: what it is, and where it was made. Only Chromium's stacks begin with the first. */
export function errorText(error: Error): string {
  const stack = withAddresses(String(error.stack ?? ""));
  return /^\s+at /m.test(stack) ? stack : `${error}\n${stack}`.trimEnd();
}
