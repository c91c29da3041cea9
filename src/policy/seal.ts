import type { Grant } from "../unit/index.js";

/** What closes a domain around a unit: everything the platform is told, before any of its code is there. */
export interface Seal {
  /** Content Security Policy of the realm that the unit runs in. */
  policy: string;
  /** The frame's `allow` attribute: Permissions Policy features, "" for none. */
  allow: string;
}

/**
 * Turns a grant into a seal. Code comes from Blob URLs made inside the domain or from strings, which gives it nothing that it
 * has not; data: and blob: carry nothing out; the network is the origins granted and no other.
 */
export function sealFor(grant: Grant): Seal {
  const origins = (grant.network ?? []).join(" ");
  const local = "data: blob:";
  const reachable = `${local} ${origins}`.trim();
  const policy = [
    "default-src 'none'",
    "script-src blob: 'unsafe-eval' 'wasm-unsafe-eval'",
    "worker-src blob:",
    "style-src 'unsafe-inline' blob: data:",
    `connect-src ${reachable}`,
    `img-src ${reachable}`,
    `media-src ${reachable}`,
    `font-src ${reachable}`,
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return { policy, allow: (grant.features ?? []).map((feature) => `${feature} *`).join("; ") };
}

/** The seal of a unit that was granted nothing; what warm domains are prepared for. */
export const CLOSED: Seal = sealFor({});
