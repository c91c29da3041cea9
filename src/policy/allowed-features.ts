import { isSandboxSwitch } from "./sandbox-flags.js";

/**
 * The frame's `allow` attribute: the features granted, and none of those that any frame would have without being granted it.
 * @param open the latter: features whose default allowlist is `*`
 */
export function allowedFeatures(granted: readonly string[], open: readonly string[]): string {
  const allowed = new Set(granted.filter((feature) => !isSandboxSwitch(feature)));
  const denied = open.filter((feature) => !allowed.has(feature));
  return [...[...allowed].map((feature) => `${feature} *`), ...denied.map((feature) => `${feature} 'none'`)].join("; ");
}
