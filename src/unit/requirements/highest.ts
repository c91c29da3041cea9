import compare from "semver/functions/compare.js";
import type { UnitPackage } from "../unit-package.js";

/** The one of the highest version; of equals the first. */
export function highest(sources: readonly UnitPackage[]): UnitPackage | undefined {
  return sources.toSorted((a, b) => compare(b.manifest.version, a.manifest.version))[0];
}
