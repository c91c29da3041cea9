import { refusedByPolicy } from "./refused-by-policy.js";

/**
 * Whether the policy in force here refuses an origin that was not granted. There is no such host, so nobody is reached where it
 * does not; and nobody can have granted it, as its name is new each time.
 */
export async function networkClosed(): Promise<boolean> {
  const origin = `https://wall-${Math.random().toString(36).slice(2)}.invalid`;
  if (typeof document === "undefined" && throwsForPolicy(origin)) return true;
  return refusedByPolicy(
    ({ blockedURI }) => blockedURI.startsWith(origin),
    () => fetch(origin, { mode: "no-cors" }),
  );
}

/** WebKit tells workers nothing of what a policy refuses them, but throws what it refuses an event source; others do not throw. */
function throwsForPolicy(origin: string): boolean {
  try {
    new EventSource(origin).close();
    return false;
  } catch {
    return true;
  }
}
