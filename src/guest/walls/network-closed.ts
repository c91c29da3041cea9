import { refusedByPolicy } from "./refused-by-policy.js";

/**
 * Whether the policy in force here refuses an origin that was not granted. There is no such host, so nobody is reached where it
 * does not; and nobody can have granted it, as its name is new each time.
 */
export function networkClosed(): Promise<boolean> {
  const origin = `https://wall-${Math.random().toString(36).slice(2)}.invalid`;
  return refusedByPolicy(
    ({ blockedURI }) => blockedURI.startsWith(origin),
    () => fetch(origin, { mode: "no-cors" }),
  );
}
