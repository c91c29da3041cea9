import { resolveModulePath } from "../module-path.js";
import { isRange } from "../version-range.js";
import type { Place } from "./place.js";
import { refusal } from "./refusal.js";

/** What an import leads to. */
export interface Target {
  /** As the source says it. */
  specifier: string;
  /** The required unit whose module it is; undefined: the same unit. */
  unit?: string;
  /** The range of its versions, where one was given. */
  range?: string | undefined;
}

const PACKAGE = /^((?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*)(?:@([^/]+))?(\/.+)?$/;

/**
 * Reads a specifier: "./shapes.js", or a required unit's name as in "lib", "@acme/lib@^1.2.0/shapes.js".
 * @param importer path of the module that imports
 * @throws LeaseholdError "DataError" (`invalid-specifier`, `invalid-range`)
 */
export function parseTarget(text: string, importer: string, place: Place): Target {
  if (/^\.\.?\//.test(text)) {
    if (resolveModulePath(text, importer) !== undefined) return { specifier: text };
    throw refusal("invalid-specifier", place, `"${text}" is no file inside the unit.`);
  }
  const [, unit, range, path = ""] = PACKAGE.exec(text) ?? [];
  if (unit === undefined || resolveModulePath(`.${path || "/index.js"}`, "index.js") === undefined) {
    const message = `"${text}" names no module; write "./shapes.js" for one of this unit, "lib" or "lib@^1.2.0/shapes.js" for another's.`;
    throw refusal("invalid-specifier", place, message);
  }
  if (range !== undefined && !isRange(range)) {
    throw refusal("invalid-range", place, `"${range}" is no range of versions; write it like "^1.2.0".`);
  }
  return { specifier: unit + path, unit, range };
}
