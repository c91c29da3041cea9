import { LeaseholdError } from "../errors.js";
import { join, lacking, meet } from "../policy/index.js";
import {
  isolationOf,
  isolations,
  parsePermissions,
  type Grant,
  type Isolation,
  type UnitManifest,
} from "../unit/index.js";
import type { Collectible, HostOptions, LoadOptions } from "./types.js";

/** @throws LeaseholdError "NotSupportedError" (`isolation-unknown`, `no-view`) */
export function chooseIsolation(manifest: UnitManifest, load: LoadOptions): Isolation {
  const isolation = load.isolation ?? isolationOf(manifest);
  if (!isolations.includes(isolation)) {
    const message = `${manifest.name} was to be loaded with isolation "${String(isolation)}"; there is "frame", "worker" and "realm".`;
    throw new LeaseholdError("NotSupportedError", "isolation-unknown", message, { unit: manifest.name });
  }
  if (isolation === "worker" && load.container) {
    const message = `${manifest.name} was to be shown, but a worker has no view; load it with isolation "frame".`;
    throw new LeaseholdError("NotSupportedError", "no-view", message, { unit: manifest.name });
  }
  return isolation;
}

/** @throws LeaseholdError "NotSupportedError" (`collectible-unknown`) */
export function chooseLife({ name }: UnitManifest, { collectible = "explicit" }: LoadOptions): Collectible {
  if (collectible === "explicit" || collectible === "auto" || collectible === false) return collectible;
  const message = `${name} was to be loaded with collectible ${JSON.stringify(collectible)}; there is "explicit", "auto" and false.`;
  throw new LeaseholdError("NotSupportedError", "collectible-unknown", message, { unit: name });
}

/**
 * What a unit may do: of its wish what the load grants, and what the host then allows.
 * @throws LeaseholdError "DataError" (`grant-invalid`)
 */
export async function decideGrant(manifest: UnitManifest, offered: Grant = {}, host: HostOptions): Promise<Grant> {
  const grant = meet(manifest.permissions, parsePermissions(offered, "grant"));
  const wanted = lacking(manifest.permissions, grant);
  if (!wanted || !host.authorize) return grant;
  const allowed = parsePermissions(await host.authorize({ manifest, wanted }), "authorize()");
  return meet(manifest.permissions, join(grant, allowed));
}
