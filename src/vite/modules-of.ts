import type { Rolldown } from "vite";
import { LeaseholdError } from "../errors.js";

/**
 * What was built, as a unit's modules: path → source text. Source maps lie beside them, and are none of it.
 * @param unit its name, for messages
 * @param isProvided whether the domain has what is imported
 * @throws LeaseholdError "LoadError": `not-a-module`, `import-unresolved`
 */
export function modulesOf(
  bundle: Rolldown.OutputBundle,
  unit: string,
  isProvided: (specifier: string) => boolean,
): Record<string, string> {
  const modules: Record<string, string> = {};
  for (const [path, file] of Object.entries(bundle)) {
    if (path.endsWith(".map")) continue;
    if (file.type === "asset") {
      const message = `${unit}: ${path} is no module, and a unit fetches nothing else. Import it with ?inline, or with ?url, which puts it into one.`;
      throw new LeaseholdError("LoadError", "not-a-module", message, { unit });
    }
    const outside = [...file.imports, ...file.dynamicImports].find((next) => !(next in bundle) && !isProvided(next));
    if (outside !== undefined) throw unresolved(outside, path, unit);
    modules[path] = file.code;
  }
  return modules;
}

/** The error for an import of what is neither part of the unit nor given to it. */
export function unresolved(specifier: string, importer: string, unit: string): LeaseholdError {
  const message =
    `${importer} of ${unit} imports "${specifier}", which was not found. Install it, so that it is bundled into the unit, or, ` +
    `where it is a unit, name it in the manifest's requires.`;
  return new LeaseholdError("LoadError", "import-unresolved", message, { unit });
}
