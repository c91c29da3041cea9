import { parsePermissions, type Grant } from "../unit/index.js";
import { allowedFeatures } from "./allowed-features.js";
import { contentSecurityPolicy } from "./content-security-policy.js";
import { openFeatures } from "./open-features.js";
import { sandboxFlags } from "./sandbox-flags.js";

/** What closes a domain around a unit: everything the platform is told, before any of its code is there. */
export interface Seal {
  /** Content Security Policy of the realm that the unit runs in. */
  policy: string;
  /** The frames' `allow` attribute: Permissions Policy features, granted or denied. */
  allow: string;
  /** The frames' `sandbox` attribute. */
  sandbox: string;
}

/**
 * Turns a grant into a seal.
 * @param open features that a frame has without being granted them
 * @throws LeaseholdError "DataError" (`grant-invalid`): whatever a grant has come through, nothing else becomes a policy
 */
export function sealFor(grant: Grant, open: readonly string[] = defaultOpen): Seal {
  const { network = [], features = [] } = parsePermissions(grant, "grant");
  return {
    policy: contentSecurityPolicy(network),
    allow: allowedFeatures(features, open),
    sandbox: sandboxFlags(features),
  };
}

/** Of this page; that does not change. */
const defaultOpen = openFeatures();

/** The seal of a unit that was granted nothing; what warm domains are prepared for. */
export const CLOSED: Seal = sealFor({});
