import { isClass, type ExportKind, type ExportRecord } from "../remoting/index.js";
import { membersOf, membersOfInstances } from "./members.js";
import { parametersOf } from "./parameters-of.js";

export function kindOf(value: unknown): ExportKind {
  if (isClass(value)) return "class";
  return typeof value === "function" ? "function" : "value";
}

/** Says of each of a module's exports what it is, as data; nothing of the unit's is run. */
export function describeExports(exports: object): ExportRecord[] {
  return Object.keys(exports).map((name) => describe(name, (exports as Record<string, unknown>)[name], []));
}

/** @param around the classes that it is a member of: one may have itself as a static */
function describe(name: string, value: unknown, around: readonly unknown[]): ExportRecord {
  const record: ExportRecord = { name, kind: kindOf(value) };
  if (typeof value !== "function") return record;
  const parameters = parametersOf(value as () => unknown);
  if (parameters) record.parameters = parameters;
  if (record.kind === "class" && !around.includes(value)) {
    const list = (members: Map<string, PropertyDescriptor>): ExportRecord[] =>
      [...members].map(([key, descriptor]) => describe(key, descriptor.value, [...around, value]));
    record.methods = list(membersOfInstances(value));
    record.statics = list(membersOf(value));
  }
  return record;
}
