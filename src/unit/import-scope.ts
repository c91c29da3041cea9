import { entryOf, type UnitManifest } from "./manifest.js";
import { offeredModules } from "./offered-modules.js";
import type { UnitPackage } from "./unit-package.js";

/** What the modules of one unit may import: each other, and those of the units that it requires. */
export interface ImportScope {
  /** The unit's name. */
  unit: string;
  /** Path of its entry. */
  entry: string;
  /** Its own modules, by path. */
  modules: ReadonlyMap<string, string>;
  /** What the keys of its modules begin with, where those of several units are together. */
  prefix: string;
  /** The units that it requires, by name. */
  required: ReadonlyMap<string, ImportScope>;
}

/** What the keys of a required unit's modules begin with; no module's path does. */
export function prefixOf({ name }: UnitManifest): string {
  return `/${name}/`;
}

/**
 * The scopes of a unit and of all that is linked with it, which comes first.
 * @param required each behind what it requires itself
 */
export function importScopes(source: UnitPackage, required: readonly UnitPackage[]): ImportScope[] {
  const scopes = new Map<string, ImportScope>();
  const add = ({ manifest, modules }: UnitPackage, prefix: string): void => {
    const names = Object.keys(manifest.requires ?? {});
    scopes.set(manifest.name, {
      unit: manifest.name,
      entry: entryOf(manifest),
      modules: new Map(Object.entries({ ...modules, ...offeredModules(manifest.name, modules) })),
      prefix,
      required: new Map(names.map((name) => [name, scopes.get(name) as ImportScope])),
    });
  };
  for (const each of required) add(each, prefixOf(each.manifest));
  add(source, "");
  return [...scopes.values()];
}
