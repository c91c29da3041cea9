import type { Grant, UnitManifest } from "../unit/index.js";
import { join, meet } from "./grant.js";

/**
 * What each of the units may do that one is linked with: of its own wish no more than those have that require it.
 * @param grant of the unit itself
 * @param required each behind what it requires itself, with who requires it
 */
export function inheritGrants(
  root: UnitManifest,
  grant: Grant,
  required: readonly { manifest: UnitManifest; requesters: readonly UnitManifest[] }[],
): Map<UnitManifest, Grant> {
  const grants = new Map([[root, grant]]);
  for (const { manifest, requesters } of required.toReversed()) {
    const offered = requesters.map((each) => grants.get(each) ?? {}).reduce(join, {});
    grants.set(manifest, meet(manifest.permissions, offered));
  }
  return grants;
}
