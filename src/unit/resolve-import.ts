import { LeaseholdError } from "../errors.js";
import { UNIT_MODULE, UNIT_MODULE_PATH } from "../unit-module.js";
import type { ImportScope } from "./import-scope.js";
import { resolveModulePath } from "./module-path.js";
import type { StaticImport } from "./module-syntax.js";

/** Paths that a message lists, to show what would have been there. */
const MOST_LISTED = 12;

/** The name of a package, and what of it is wanted. */
const BARE = /^((?:@[^/]+\/)?[^@./][^/]*)(?:\/(.+))?$/;

/**
 * Finds the module that an import statement leads to.
 * @param importer path of the module in which it stands
 * @returns the module's key
 * @throws LeaseholdError "LoadError" (`module-not-found`, `import-unresolved`), "NotSupportedError" (`import-attributes`)
 */
export function resolveImport({ specifier, attributes }: StaticImport, importer: string, scope: ImportScope): string {
  const { unit } = scope;
  const found = find(specifier, importer, scope);
  if (!found) {
    const message = `${importer} of ${unit} imports "${specifier}", ${whyUnresolved(specifier, scope)}.`;
    throw new LeaseholdError("LoadError", "import-unresolved", message, { unit });
  }
  const { path, owner } = found;
  if (!owner.modules.has(path)) throw unlisted(path, owner === scope ? importer : `${importer} of ${unit}`, owner);
  if (attributes !== undefined && !areUnderstood(attributes, path)) {
    const message =
      `${importer} of ${unit} imports "${specifier}" with ${attributes}. Of import attributes only { type: "json" } is ` +
      `supported, and a JSON module's name ends in ".json".`;
    throw new LeaseholdError("NotSupportedError", "import-attributes", message, { unit });
  }
  return owner.prefix + path;
}

/** The error for a module that is wanted but not there. */
export function unlisted(path: string, wantedBy: string, { unit, modules }: ImportScope): LeaseholdError {
  const paths = [...modules.keys()].filter((each) => each !== UNIT_MODULE_PATH);
  const list = paths.slice(0, MOST_LISTED).join(", ") || "none";
  const more = paths.length > MOST_LISTED ? ` and ${paths.length - MOST_LISTED} more` : "";
  const message = `${unit} has no module ${path}, wanted by ${wantedBy}. It has: ${list}${more}.`;
  return new LeaseholdError("LoadError", "module-not-found", message, { unit });
}

function find(
  specifier: string,
  importer: string,
  scope: ImportScope,
): { path: string; owner: ImportScope } | undefined {
  if (specifier === UNIT_MODULE) return { path: UNIT_MODULE_PATH, owner: scope };
  const [, name = "", rest] = BARE.exec(specifier) ?? [];
  const owner = scope.required.get(name);
  const own = owner ? undefined : resolveModulePath(specifier, importer);
  const path = owner && rest !== undefined ? resolveModulePath(`./${rest}`, "") : (owner?.entry ?? own);
  return path === undefined ? undefined : { path, owner: owner ?? scope };
}

function whyUnresolved(specifier: string, { required }: ImportScope): string {
  const name = [...required.keys()].find((each) => specifier.startsWith(`${each}/`));
  if (name !== undefined) return `which is no module's path inside ${name}; its modules lie at or below its manifest`;
  if (/^\.\.?\//.test(specifier)) return "which is no file inside the unit; its modules lie at or below its manifest";
  if (/^([a-z][a-z\d+.-]*:|\/)/i.test(specifier)) {
    return "which is an address; a unit runs only its own modules, so copy that one into it";
  }
  return "which is a package; bundle it into the unit, or, where it is a unit, name it in the manifest's requires";
}

function areUnderstood(attributes: string, path: string): boolean {
  const plain = attributes.replace(/\/\*[^]*?\*\/|\/\/.*|\s/g, "").replace(/,\}$/, "}");
  return plain === "{}" || (path.endsWith(".json") && /^\{(["']?)type\1:(["'])json\2\}$/.test(plain));
}
