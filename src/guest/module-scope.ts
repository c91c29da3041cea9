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
  /** The address that the name of a required unit, or of a module in it, stands for; undefined where it requires none such. */
  addressOf(specifier: string): string | undefined;
  /** Imports the module at an address; undefined where neither the unit nor what it requires has one there. */
  load(address: string): Promise<object> | undefined;
}

export function createScope(path: string, unit: ScopedUnit): ModuleScope {
  const url = unit.base + encodeURI(path);
  return {
    meta: { url, resolve: (specifier) => unit.addressOf(String(specifier)) ?? resolve(String(specifier), url) },
    async load(specifier) {
      // Unlike String(), this refuses a symbol, as the language's own import() does.
      const name = `${specifier as string}`;
      const required = unit.addressOf(name);
      const isPackage = required === undefined && !isRelative(name) && !URL.canParse(name);
      const address = isPackage ? undefined : (required ?? resolve(name, url));
      const loading = address === undefined ? undefined : unit.load(address);
      if (loading) return loading;
      // What the unit made itself, such as a Blob URL; the domain's policy lets no other in.
      if (address !== undefined && !address.startsWith("unit:"))
        return (await import(/* @vite-ignore */ address)) as object;
      const advice = isPackage
        ? "bundle that package into the unit, or, where it is a unit, name it in the manifest's requires"
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
