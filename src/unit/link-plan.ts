import { LeaseholdError } from "../errors.js";
import { ExportTable, type ExportSource, type ModuleExports } from "./export-table.js";
import type { LinkedModule, LinkPlan } from "./linking.js";
import { entryOf } from "./manifest.js";
import { baseOf } from "./module-path.js";
import { parseModule, withoutMark, type ModuleOrigin, type ModuleSyntax } from "./module-syntax.js";
import { resolveImport, unlisted } from "./resolve-import.js";
import { rewriteModule } from "./rewrite-module.js";
import type { UnitPackage } from "./unit-package.js";

/** A module whose imports are known by path. */
interface ResolvedModule {
  syntax: ModuleSyntax;
  targets: string[];
}

/**
 * Prepares a unit's modules for the guest, which gives them addresses. What cannot work is found here, by the same words
 * in every engine, before there is a domain: an engine says little of what it could not link.
 *
 * @throws LeaseholdError "LoadError": `module-not-found`, `import-unresolved`, `export-missing`, `syntax-error`,
 *   `json-invalid`; "NotSupportedError": `import-phase`, `import-attributes`
 */
export function linkPlan({ manifest, modules }: UnitPackage): LinkPlan {
  const unit = manifest.name;
  const entry = entryOf(manifest);
  const texts = new Map(Object.entries(modules));
  if (!texts.has(entry)) throw unlisted(entry, "the manifest as its entry", unit, texts);

  const resolved = new Map<string, ResolvedModule>();
  const exports = new Map<string, ModuleExports>();
  for (const [path, text] of texts) {
    if (path.endsWith(".json")) {
      exports.set(path, { named: new Map([["default", { local: "default" }]]), stars: [] });
      continue;
    }
    const syntax = parseModule(text, { unit, path });
    const targets = syntax.imports.map((statement) => resolveImport(statement, { unit, path }, texts));
    resolved.set(path, { syntax, targets });
    exports.set(path, exportsOf(syntax, targets));
  }
  const table = new ExportTable(exports);
  const linked = [...texts].map(([path, text]): [string, LinkedModule] => {
    const module = resolved.get(path);
    if (!module) return [path, { body: jsonBody(text, { unit, path }), imports: [], exports: ["default"] }];
    checkNames(module, table, { unit, path });
    return [
      path,
      { ...rewriteModule(module.syntax, module.targets, table.namesOfStars(path)), exports: table.namesOf(path) },
    ];
  });
  return { unit, base: baseOf(manifest), entry, modules: Object.fromEntries(linked) };
}

function exportsOf(syntax: ModuleSyntax, targets: string[]): ModuleExports {
  // An export of an imported variable is, for the language, the same as an export from there.
  const imported = new Map<string, ExportSource>();
  const reexported = new Map<string, ExportSource>();
  const stars: string[] = [];
  syntax.imports.forEach(({ bindings, isStar, statement }, index) => {
    const from = targets[index] as string;
    const isExport = syntax.text.startsWith("export", statement.start);
    for (const binding of bindings)
      (isExport ? reexported : imported).set(binding.local, { from, imported: binding.imported });
    if (isStar) stars.push(from);
  });
  const named = syntax.exports.map(({ name, local }): [string, ExportSource] => [
    name,
    reexported.get(name) ?? imported.get(local ?? "") ?? { local: local ?? name },
  ]);
  return { named: new Map(named), stars };
}

/** @throws LeaseholdError "LoadError" (`export-missing`) for the first name that another module does not export */
function checkNames({ syntax, targets }: ResolvedModule, table: ExportTable, { unit, path }: ModuleOrigin): void {
  syntax.imports.forEach(({ bindings }, index) => {
    const target = targets[index] as string;
    const missing = bindings.find(({ imported }) => imported !== "*" && !table.has(target, imported));
    if (!missing) return;
    const names = table.namesOf(target);
    throw new LeaseholdError(
      "LoadError",
      "export-missing",
      `${path} of ${unit} imports "${missing.imported}" from ${target}, which does not export it. ` +
        `It exports ${names.slice(0, 12).join(", ") || "nothing"}${names.length > 12 ? " and more" : ""}.`,
      { unit },
    );
  });
}

function jsonBody(text: string, { unit, path }: ModuleOrigin): string {
  const json = withoutMark(text);
  try {
    JSON.parse(json);
  } catch (cause) {
    const message = `${path} of ${unit} is not JSON: ${(cause as Error).message}`;
    throw new LeaseholdError("LoadError", "json-invalid", message, { unit, cause });
  }
  return `export default JSON.parse(${JSON.stringify(json)});`;
}
