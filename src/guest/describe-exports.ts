import { isClass, type ExportKind, type ExportRecord } from "../remoting/index.js";
import { membersOf, membersOfInstances } from "./members.js";
import { parametersOf } from "./parameters-of.js";

export function kindOf(value: unknown): ExportKind {
  if (isClass(value)) return "class";
  return typeof value === "function" ? "function" : "value";
}

/**
 * Says of each of a module's exports what it is, as data; nothing of the unit's is run. Each class is described in one place, lest
 * classes that are each other's statics are described in every order: an export under its name, any other where it is met first.
 */
export function describeExports(exports: object): ExportRecord[] {
  const entries = Object.entries(exports);
  const described = new Set<unknown>(entries.map(([, value]) => value as unknown));
  return entries.map(([name, value]) => describe(name, value, described));
}

/** @param described what is told of elsewhere, and grows by what is told of here */
function describe(name: string, value: unknown, described: Set<unknown>): ExportRecord {
  const record = outline(name, value);
  if (record.kind !== "class") return record;
  const list = (members: Map<string, PropertyDescriptor>): ExportRecord[] =>
    [...members].map(([key, { value: member }]) => {
      if (described.has(member)) return outline(key, member);
      described.add(member);
      return describe(key, member, described);
    });
  record.methods = list(membersOfInstances(value as object));
  record.statics = list(membersOf(value as object));
  return record;
}

/** What something is, without its members. */
function outline(name: string, value: unknown): ExportRecord {
  const parameters = typeof value === "function" ? parametersOf(value as () => unknown) : undefined;
  return { name, kind: kindOf(value), ...(parameters && { parameters }) };
}
