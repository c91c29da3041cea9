import { LeaseholdError } from "../errors.js";
import { ExportTable } from "./export-table.js";
import type { ImportScope } from "./import-scope.js";
import { readModule, type ReadModule } from "./read-module.js";

/** Modules as far as they could be read, by key. */
export interface ModulesRead {
  modules: ReadonlyMap<string, ReadModule>;
  /** What each exports. */
  table: ExportTable;
  /** The first fault of a module or of what it imports, near ones first. */
  faultBehind(key: string): LeaseholdError | undefined;
}

/** Reads all modules of some units, and checks that what they import of each other is there. */
export function readModules(scopes: readonly ImportScope[]): ModulesRead {
  const faults = new Map<string, LeaseholdError>();
  const attempt = (key: string, step: () => void): void => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof LeaseholdError)) throw error;
      faults.set(key, error);
    }
  };
  const modules = new Map<string, ReadModule>();
  for (const scope of scopes) {
    for (const [path, text] of scope.modules) {
      const key = scope.prefix + path;
      attempt(key, () => void modules.set(key, readModule(text, path, scope)));
    }
  }
  const table = new ExportTable(new Map([...modules].map(([key, { exports }]) => [key, exports])));
  for (const [key, module] of modules) attempt(key, () => checkNames(module, table, modules));
  return { modules, table, faultBehind: (key) => faultBehind(key, modules, faults) };
}

/** @throws LeaseholdError "LoadError" (`export-missing`) for the first name that another module does not export */
function checkNames(
  { syntax, targets, origin: { unit, path } }: ReadModule,
  table: ExportTable,
  modules: ReadonlyMap<string, ReadModule>,
): void {
  syntax.imports.forEach(({ bindings }, index) => {
    const key = targets[index] as string;
    const target = modules.get(key);
    const missing = bindings.find(({ imported }) => imported !== "*" && !table.has(key, imported));
    // Of a module that cannot be read, nobody knows what it exports.
    if (!missing || !target) return;
    const names = table.namesOf(key);
    const isOwn = target.origin.unit === unit;
    throw new LeaseholdError(
      "LoadError",
      "export-missing",
      `${path} of ${unit} imports "${missing.imported}" from ${target.origin.path}${isOwn ? "" : ` of ${target.origin.unit}`}, ` +
        `which does not export it. It exports ${names.slice(0, 12).join(", ") || "nothing"}${names.length > 12 ? " and more" : ""}.`,
      { unit },
    );
  });
}

function faultBehind(
  key: string,
  modules: ReadonlyMap<string, ReadModule>,
  faults: ReadonlyMap<string, LeaseholdError>,
): LeaseholdError | undefined {
  const reached = new Set(faults.size > 0 ? [key] : []);
  for (const each of reached) {
    const fault = faults.get(each);
    if (fault) return fault;
    for (const target of modules.get(each)?.targets ?? []) reached.add(target);
  }
  return undefined;
}
