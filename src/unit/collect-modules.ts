import { LeaseholdError } from "../errors.js";
import { entryOf, type UnitManifest } from "./manifest.js";
import { resolveModulePath } from "./module-path.js";
import { parseModule } from "./module-syntax.js";

/** Reads the text of the module at a path; `wantedBy` names its importer in messages. */
export type ModuleReader = (path: string, wantedBy: string) => Promise<string>;

/**
 * Gathers the modules of a unit that is read one by one: its entry, those its integrity lists, and whatever these import
 * by a literal path. A module that is named only at run time must therefore be listed.
 *
 * What the entry needs has to be there. What is reached by `import()` may be missing or broken: a program may never come
 * to it, or be prepared.
 * @throws LeaseholdError "LoadError" (`syntax-error`, or as `read` does)
 */
export async function collectModules(manifest: UnitManifest, read: ModuleReader): Promise<Record<string, string>> {
  const texts = new Map<string, string>();
  const readings = new Map<string, Promise<string>>();
  const visited = { needed: new Set<string>(), optional: new Set<string>() };

  function readOnce(path: string, wantedBy: string): Promise<string> {
    const reading = readings.get(path) ?? read(path, wantedBy);
    readings.set(path, reading);
    return reading;
  }

  async function visit(path: string, wantedBy: string, isNeeded: boolean): Promise<void> {
    if (visited.needed.has(path) || (!isNeeded && visited.optional.has(path))) return;
    visited[isNeeded ? "needed" : "optional"].add(path);
    try {
      const text = await readOnce(path, wantedBy);
      texts.set(path, text);
      if (path.endsWith(".json")) return;
      const { imports, dynamicImports } = parseModule(text, { unit: manifest.name, path });
      await Promise.all([
        ...imports.map(({ specifier }) => follow(specifier, path, isNeeded)),
        ...dynamicImports.map(({ specifier = "" }) => follow(specifier, path, false)),
      ]);
    } catch (error) {
      if (isNeeded || !isForgivable(error)) throw error;
    }
  }

  async function follow(specifier: string, importer: string, isNeeded: boolean): Promise<void> {
    const path = resolveModulePath(specifier, importer);
    if (path !== undefined) await visit(path, importer, isNeeded);
  }

  const listed = Object.keys(manifest.integrity ?? {}).map(async (path) => {
    await readOnce(path, "the manifest");
    await visit(path, "the manifest", false);
  });
  await Promise.all([visit(entryOf(manifest), "the manifest", true), ...listed]);
  return Object.fromEntries(texts);
}

/** Faults of a module itself; that the network is down, or a digest does not match, is one of the whole unit. */
function isForgivable(error: unknown): boolean {
  const codes = ["http-status", "not-a-module", "not-utf8", "syntax-error", "import-phase"];
  return error instanceof LeaseholdError && codes.includes(error.code);
}
