import type { LinkPlan } from "../unit/index.js";

/** Whose a module is, and where it is in there. */
export interface ModulePlace {
  /** Name of the unit. */
  unit: string;
  /** What the unit's modules' addresses start with. */
  base: string;
  /** What their keys start with. */
  prefix: string;
  path: string;
  /** Names of the units that the unit requires. */
  requires: readonly string[];
}

/** Finds the unit that a module is of, by the module's key. */
export function placeOfModule(key: string, { unit, base, requires = [], required = [] }: LinkPlan): ModulePlace {
  // Names of packages are such that no prefix begins with another one.
  const owner = required.find(({ prefix }) => key.startsWith(prefix)) ?? { unit, base, prefix: "", requires };
  return {
    unit: owner.unit,
    base: owner.base,
    prefix: owner.prefix,
    path: key.slice(owner.prefix.length),
    requires: owner.requires,
  };
}

/** The module's own address, in stack traces and in the debugger. */
export function addressOfModule(key: string, plan: LinkPlan): string {
  const { base, path } = placeOfModule(key, plan);
  return base + encodeURI(path);
}

/** The path that a part of an address stands for. */
export function decode(part: string): string {
  try {
    return decodeURI(part);
  } catch {
    return part;
  }
}
