import type { ExportTable } from "./export-table.js";
import type { ReadModule } from "./read-module.js";

/** Where an exported variable is: the module that has it, and what that calls it. */
export interface VariableOrigin {
  module: string;
  local: string;
}

/** The exports of a module that may be assigned to. */
export interface ExportedVariables {
  /** By the name under which the module exports them. */
  origins: Map<string, VariableOrigin>;
  /** What the modules that have them call them. */
  locals: Map<string, Set<string>>;
}

/** Finds the variables that a module exports, be they its own or, by re-exports, another one's. */
export function exportedVariables(
  path: string,
  modules: ReadonlyMap<string, ReadModule>,
  table: ExportTable,
): ExportedVariables {
  const origins = new Map<string, VariableOrigin>();
  const locals = new Map<string, Set<string>>();
  for (const name of table.namesOf(path)) {
    const origin = table.originOf(path, name);
    if (!origin || !modules.get(origin.module)?.syntax.variables.has(origin.local)) continue;
    origins.set(name, origin);
    locals.set(origin.module, (locals.get(origin.module) ?? new Set()).add(origin.local));
  }
  return { origins, locals };
}
