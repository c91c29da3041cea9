import type { UnitManifest } from "./manifest.js";

/**
 * A snapshot of one unit: its manifest and the source text of its modules by path. Plain data; edits of what it was read
 * from never reach it. As JSON it is the packed form of a unit.
 */
export interface UnitPackage {
  manifest: UnitManifest;
  modules: Record<string, string>;
}
