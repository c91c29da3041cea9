import { LeaseholdError } from "../errors.js";
import { entryOf, type UnitManifest } from "./manifest.js";
import { resolveModulePath } from "./module-path.js";
import { parseModule } from "./module-syntax.js";

/** Reads the text of the module at a path; `wantedBy` names its importer in messages. */
export type ModuleReader = (path: string, wantedBy: string) => Promise<string>;

/**
 * Gathers the modules of a unit that is read one by one: its entry, those its integrity lists, and whatever these import
 * by a literal path. A module that is named only at run time must therefore be listed.
 * @throws LeaseholdError "LoadError" (`syntax-error`, or as `read` does)
 */
export async function collectModules(manifest: UnitManifest, read: ModuleReader): Promise<Record<string, string>> {
  const modules = new Map<string, string>();
  const visited = new Set<string>();

  async function visit(path: string, wantedBy: string, isRequired: boolean): Promise<void> {
    if (visited.has(path)) return;
    visited.add(path);
    const text = await read(path, wantedBy).catch((error: unknown) => forgive(error, isRequired));
    if (text === undefined) return;
    modules.set(path, text);
    if (path.endsWith(".json")) return;
    const { imports, dynamicImports } = parseModule(text, { unit: manifest.name, path });
    await Promise.all([
      ...imports.map(({ specifier }) => follow(specifier, path, true)),
      ...dynamicImports.map(({ specifier = "" }) => follow(specifier, path, false)),
    ]);
  }

  async function follow(specifier: string, importer: string, isRequired: boolean): Promise<void> {
    const path = resolveModulePath(specifier, importer);
    if (path !== undefined) await visit(path, importer, isRequired);
  }

  const roots = [entryOf(manifest), ...Object.keys(manifest.integrity ?? {})];
  await Promise.all(roots.map((path) => visit(path, "the manifest", true)));
  return Object.fromEntries(modules);
}

/** A program may name a module that is not there in `import()`; that fails when it is tried, not before. */
function forgive(error: unknown, isRequired: boolean): undefined {
  const isAbsent = error instanceof LeaseholdError && (error.code === "http-status" || error.code === "not-a-module");
  if (isAbsent && !isRequired) return undefined;
  throw error;
}
