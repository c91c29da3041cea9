import type { LeaseholdError } from "../errors.js";
import { exportedVariables } from "./exported-variables.js";
import { importScopes, type ImportScope } from "./import-scope.js";
import type { LinkedModule, LinkPlan, RequiredPlan, RunnableModule } from "./linking.js";
import type { UnitManifest } from "./manifest.js";
import { baseOf } from "./module-path.js";
import { forgetText } from "./module-syntax.js";
import type { ReadModule } from "./read-module.js";
import { readModules } from "./read-modules.js";
import { unlisted } from "./resolve-import.js";
import { rewriteModule } from "./rewrite-module.js";
import type { UnitPackage } from "./unit-package.js";

/**
 * Prepares a unit's modules for the guest, which gives them addresses. What cannot work is found here, by the same words
 * in every engine, before there is a domain: an engine says little of what it could not link. What the entry needs has to
 * be right; a fault of what is only reached by `import()` goes with the plan, for whoever tries.
 *
 * @param required what is linked with it, each behind what it requires itself
 * @throws LeaseholdError "LoadError": `module-not-found`, `import-unresolved`, `export-missing`, `syntax-error`,
 *   `json-invalid`; "NotSupportedError": `import-phase`, `import-attributes`
 */
export function linkPlan(source: UnitPackage, required: readonly UnitPackage[] = []): LinkPlan {
  try {
    return plan(source, required);
  } finally {
    forgetText();
  }
}

function plan(source: UnitPackage, required: readonly UnitPackage[]): LinkPlan {
  const scopes = importScopes(source, required);
  const scope = scopes.at(-1) as ImportScope;
  const { unit, entry } = scope;
  if (!scope.modules.has(entry)) throw unlisted(entry, "the manifest as its entry", scope);

  const { modules, table, faultBehind } = readModules(scopes);
  const { origins, locals } = exportedVariables(entry, modules, table);
  const requiredPlans = required.map(({ manifest }, index): RequiredPlan => {
    const { prefix, entry: path, required: own } = scopes[index] as ImportScope;
    const key = prefix + path;
    const isActive = table.has(key, "activate") || table.has(key, "deactivate");
    return {
      unit: manifest.name,
      base: baseOf(manifest),
      prefix,
      entry: key,
      requires: [...own.keys()],
      isActive,
      ...capabilitiesOf(manifest),
    };
  });
  // Of an entry that cannot be read, nobody can say whether it has to be activated.
  const isNeeded = (each: RequiredPlan): boolean => each.isActive || !modules.has(each.entry);
  const needed = new Set([entry, ...requiredPlans.filter(isNeeded).map((each) => each.entry)]);
  const link = (key: string, fault: LeaseholdError | undefined): LinkedModule => {
    if (fault && needed.has(key)) throw fault;
    if (fault)
      return { fault: { name: fault.name, code: fault.code, message: fault.message, unit: fault.unit ?? unit } };
    const { syntax, targets } = modules.get(key) as ReadModule;
    const variables = locals.get(key);
    return {
      ...rewriteModule(syntax, targets, table.namesOfStars(key)),
      exports: table.namesOf(key),
      ...(variables && { variables: [...variables] }),
    };
  };
  const keys = scopes.flatMap(({ prefix, modules: own }) => [...own.keys()].map((path) => prefix + path));
  const linked = keys.map((key): [string, LinkedModule] => [key, link(key, faultBehind(key))]);
  return {
    unit,
    base: baseOf(source.manifest),
    entry,
    modules: Object.fromEntries(linked),
    ...capabilitiesOf(source.manifest),
    ...(origins.size > 0 && { variables: Object.fromEntries(origins) }),
    ...(scope.required.size > 0 && { requires: [...scope.required.keys()], required: requiredPlans }),
  };
}

function capabilitiesOf({ permissions }: UnitManifest): Pick<LinkPlan, "capabilities"> {
  return permissions?.capabilities?.length ? { capabilities: permissions.capabilities } : {};
}

/** The names that a unit exports. */
export function exportNamesOf({ modules, entry }: LinkPlan): string[] {
  return (modules[entry] as RunnableModule).exports;
}
