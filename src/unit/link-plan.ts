import { LeaseholdError } from "../errors.js";
import { ExportTable } from "./export-table.js";
import { exportedVariables } from "./exported-variables.js";
import type { LinkedModule, LinkPlan, RunnableModule } from "./linking.js";
import { entryOf } from "./manifest.js";
import { baseOf } from "./module-path.js";
import { forgetText, type ModuleOrigin } from "./module-syntax.js";
import { readModule, type ReadModule } from "./read-module.js";
import { unlisted } from "./resolve-import.js";
import { rewriteModule } from "./rewrite-module.js";
import type { UnitPackage } from "./unit-package.js";

/**
 * Prepares a unit's modules for the guest, which gives them addresses. What cannot work is found here, by the same words
 * in every engine, before there is a domain: an engine says little of what it could not link. What the entry needs has to
 * be right; a fault of what is only reached by `import()` goes with the plan, for whoever tries.
 *
 * @throws LeaseholdError "LoadError": `module-not-found`, `import-unresolved`, `export-missing`, `syntax-error`,
 *   `json-invalid`; "NotSupportedError": `import-phase`, `import-attributes`
 */
export function linkPlan(source: UnitPackage): LinkPlan {
  try {
    return plan(source);
  } finally {
    forgetText();
  }
}

function plan({ manifest, modules }: UnitPackage): LinkPlan {
  const unit = manifest.name;
  const entry = entryOf(manifest);
  const texts = new Map(Object.entries(modules));
  if (!texts.has(entry)) throw unlisted(entry, "the manifest as its entry", unit, texts);

  const faults = new Map<string, LeaseholdError>();
  const attempt = (path: string, step: () => void): void => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof LeaseholdError)) throw error;
      faults.set(path, error);
    }
  };
  const read = new Map<string, ReadModule>();
  for (const [path, text] of texts) attempt(path, () => void read.set(path, readModule(text, { unit, path }, texts)));
  const table = new ExportTable(new Map([...read].map(([path, { exports }]) => [path, exports])));
  for (const [path, module] of read) attempt(path, () => checkNames(module, table, faults, { unit, path }));

  const { origins, locals } = exportedVariables(entry, read, table);
  const link = (path: string): LinkedModule => {
    const fault = faultBehind(path, read, faults);
    if (fault && path === entry) throw fault;
    if (fault) return { fault: { name: fault.name, code: fault.code, message: fault.message } };
    const { syntax, targets } = read.get(path) as ReadModule;
    const variables = locals.get(path);
    return {
      ...rewriteModule(syntax, targets, table.namesOfStars(path)),
      exports: table.namesOf(path),
      ...(variables && { variables: [...variables] }),
    };
  };
  const linked = [...texts.keys()].map((path): [string, LinkedModule] => [path, link(path)]);
  return {
    unit,
    base: baseOf(manifest),
    entry,
    modules: Object.fromEntries(linked),
    ...(origins.size > 0 && { variables: Object.fromEntries(origins) }),
  };
}

/** The names that a unit exports. */
export function exportNamesOf({ modules, entry }: LinkPlan): string[] {
  return (modules[entry] as RunnableModule).exports;
}

/** The first fault of a module or of what it imports, near ones first. */
function faultBehind(
  path: string,
  modules: ReadonlyMap<string, ReadModule>,
  faults: ReadonlyMap<string, LeaseholdError>,
): LeaseholdError | undefined {
  const reached = new Set(faults.size > 0 ? [path] : []);
  for (const each of reached) {
    const fault = faults.get(each);
    if (fault) return fault;
    for (const target of modules.get(each)?.targets ?? []) reached.add(target);
  }
  return undefined;
}

/** @throws LeaseholdError "LoadError" (`export-missing`) for the first name that another module does not export */
function checkNames(
  { syntax, targets }: ReadModule,
  table: ExportTable,
  faults: ReadonlyMap<string, LeaseholdError>,
  { unit, path }: ModuleOrigin,
): void {
  syntax.imports.forEach(({ bindings }, index) => {
    const target = targets[index] as string;
    const missing = bindings.find(({ imported }) => imported !== "*" && !table.has(target, imported));
    // Of a module that cannot be read, nobody knows what it exports.
    if (!missing || faults.has(target)) return;
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
