import { LeaseholdError } from "../errors.js";

/** What `import.meta` and `import()` are for one module of a unit. */
export interface ModuleScope {
  meta: { url: string; resolve(specifier: string): string };
  load(specifier: unknown): Promise<object>;
}

/** The unit as its modules' scopes see it. */
export interface ScopedUnit {
  name: string;
  /** What every module's address starts with. */
  base: string;
  /** Imports the module at a path; undefined where the unit has none there. */
  load(path: string): Promise<object> | undefined;
}

export function createScope(path: string, unit: ScopedUnit): ModuleScope {
  const url = unit.base + encodeURI(path);
  return {
    meta: { url, resolve: (specifier) => resolve(String(specifier), url) },
    async load(specifier) {
      // Unlike String(), this refuses a symbol, as the language's own import() does.
      const name = `${specifier as string}`;
      const isPackage = !isRelative(name) && !URL.canParse(name);
      const address = isPackage ? undefined : resolve(name, url);
      const loading = address?.startsWith(unit.base) ? unit.load(decode(address.slice(unit.base.length))) : undefined;
      if (loading) return loading;
      // What the unit made itself, such as a Blob URL; the domain's policy lets no other in.
      if (address !== undefined && !address.startsWith("unit:"))
        return (await import(/* @vite-ignore */ address)) as object;
      const advice = isPackage
        ? "bundle that package into the unit"
        : "a module that is named only at run time has to be listed in the manifest's integrity";
      const message = `${path} of ${unit.name} imports "${name}", which is not among the unit's modules; ${advice}.`;
      throw new LeaseholdError("LoadError", "module-not-found", message, { unit: unit.name });
    },
  };
}

/** @throws TypeError for the name of a package, as the engine's own does */
function resolve(specifier: string, base: string): string {
  return new URL(specifier, isRelative(specifier) ? base : undefined).href;
}

function isRelative(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier);
}

/** The path that a part of an address stands for. */
function decode(part: string): string {
  try {
    return decodeURI(part);
  } catch {
    return part;
  }
}
