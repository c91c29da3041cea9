import { LeaseholdError } from "../errors.js";
import type { Authorize, Consents } from "../policy/index.js";
import {
  isolationOf,
  isolations,
  type Grant,
  type Isolation,
  type UnitManifest,
  type UnitSource,
} from "../unit/index.js";
import type { Collectible, LoadOptions } from "./types.js";

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
 * What a unit may do: of its wish what the load grants, what the page has allowed before, and what it allows when it is asked.
 * @throws LeaseholdError "DataError" (`grant-invalid`)
 */
export function decideGrant(
  manifest: UnitManifest,
  source: UnitSource,
  offered: Grant | undefined,
  { authorize, consents }: { authorize: Authorize | undefined; consents: Consents },
): Promise<Grant> {
  return consents.decide(manifest, originOf(source), offered, authorize);
}

/** What the page has at hand itself comes from nowhere. */
function originOf(source: UnitSource): string {
  return typeof source === "string" || source instanceof URL ? new URL(source, document.baseURI).origin : "";
}
