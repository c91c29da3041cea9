import { LeaseholdError } from "../errors.js";
import type { ExportSource, ModuleExports } from "./export-table.js";
import type { ImportScope } from "./import-scope.js";
import { parseModule, withoutMark, type ModuleOrigin, type ModuleSyntax } from "./module-syntax.js";
import { resolveImport } from "./resolve-import.js";

/** A module whose text was read and whose imports are known by path. */
export interface ReadModule {
  origin: ModuleOrigin;
  syntax: ModuleSyntax;
  /** The key of the module that each import leads to. */
  targets: string[];
  exports: ModuleExports;
}

/**
 * Reads one of a unit's modules; a JSON module becomes one of JavaScript.
 * @throws LeaseholdError "LoadError" or "NotSupportedError", as `parseModule` and `resolveImport`; `json-invalid`
 */
export function readModule(text: string, path: string, scope: ImportScope): ReadModule {
  const origin = { unit: scope.unit, path };
  const syntax = parseModule(path.endsWith(".json") ? jsonModule(text, origin) : text, origin);
  const targets = syntax.imports.map((statement) => resolveImport(statement, path, scope));
  return { origin, syntax, targets, exports: exportsOf(syntax, targets) };
}

function exportsOf(syntax: ModuleSyntax, targets: string[]): ModuleExports {
  // An export of an imported variable is, for the language, the same as an export from there.
  const imported = new Map<string, ExportSource>();
  const reexported = new Map<string, ExportSource>();
  const stars: string[] = [];
  syntax.imports.forEach(({ bindings, isStar, statement }, index) => {
    const from = targets[index] as string;
    const sources = syntax.text.startsWith("export", statement.start) ? reexported : imported;
    for (const binding of bindings) sources.set(binding.local, { from, imported: binding.imported });
    if (isStar) stars.push(from);
  });
  const named = syntax.exports.map(({ name, local }): [string, ExportSource] => [
    name,
    reexported.get(name) ?? imported.get(local ?? "") ?? { local: local ?? name },
  ]);
  return { named: new Map(named), stars };
}

function jsonModule(text: string, { unit, path }: ModuleOrigin): string {
  const json = withoutMark(text);
  try {
    JSON.parse(json);
  } catch (cause) {
    const message = `${path} of ${unit} is not JSON: ${(cause as Error).message}`;
    throw new LeaseholdError("LoadError", "json-invalid", message, { unit, cause });
  }
  return `export default JSON.parse(${JSON.stringify(json)});`;
}
