import { LeaseholdError } from "../errors.js";
import { resolveModulePath } from "./module-path.js";
import type { ModuleOrigin, StaticImport } from "./module-syntax.js";

/** Paths that a message lists, to show what would have been there. */
const MOST_LISTED = 12;

/**
 * Finds the module that an import statement leads to.
 * @param importer the module in which it stands
 * @param known the unit's modules, by path
 * @throws LeaseholdError "LoadError" (`module-not-found`, `import-unresolved`), "NotSupportedError" (`import-attributes`)
 */
export function resolveImport(
  { specifier, attributes }: StaticImport,
  { unit, path: importer }: ModuleOrigin,
  known: ReadonlyMap<string, unknown>,
): string {
  const path = resolveModulePath(specifier, importer);
  if (path === undefined) {
    const message = `${importer} of ${unit} imports "${specifier}", ${whyUnresolved(specifier)}.`;
    throw new LeaseholdError("LoadError", "import-unresolved", message, { unit });
  }
  if (!known.has(path)) throw unlisted(path, importer, unit, known);
  if (attributes !== undefined && !areUnderstood(attributes, path)) {
    const message =
      `${importer} of ${unit} imports "${specifier}" with ${attributes}. Of import attributes only { type: "json" } is ` +
      `supported, and a JSON module's name ends in ".json".`;
    throw new LeaseholdError("NotSupportedError", "import-attributes", message, { unit });
  }
  return path;
}

/** The error for a module that is wanted but not there. */
export function unlisted(
  path: string,
  wantedBy: string,
  unit: string,
  known: ReadonlyMap<string, unknown>,
): LeaseholdError {
  const paths = [...known.keys()];
  const list = paths.slice(0, MOST_LISTED).join(", ") || "none";
  const more = paths.length > MOST_LISTED ? ` and ${paths.length - MOST_LISTED} more` : "";
  const message = `${unit} has no module ${path}, wanted by ${wantedBy}. It has: ${list}${more}.`;
  return new LeaseholdError("LoadError", "module-not-found", message, { unit });
}

function whyUnresolved(specifier: string): string {
  if (/^\.\.?\//.test(specifier)) return "which is no file inside the unit; its modules lie at or below its manifest";
  if (/^([a-z][a-z\d+.-]*:|\/)/i.test(specifier)) {
    return "which is an address; a unit runs only its own modules, so copy that one into it";
  }
  return "which is a package; bundle it into the unit";
}

function areUnderstood(attributes: string, path: string): boolean {
  const plain = attributes.replace(/\/\*[^]*?\*\/|\/\/.*|\s/g, "").replace(/,\}$/, "}");
  return plain === "{}" || (path.endsWith(".json") && /^\{(["']?)type\1:(["'])json\2\}$/.test(plain));
}
