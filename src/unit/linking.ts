import type { LeaseholdError } from "../errors.js";

/** An import statement in two halves, between which the address of the imported module is missing. */
export interface LinkedImport {
  before: string;
  /** Key of the imported module. */
  module: string;
  after: string;
}

/** One module, to which nothing but addresses has to be added. */
export interface RunnableModule {
  /** The module's own text, with every line and column where it was, and without its imports. */
  body: string;
  /** The imports, in order, to be put behind the body: the language hoists them from wherever they stand. */
  imports: LinkedImport[];
  /** Every name that the module exports, those of its `export *` included. */
  exports: string[];
  /** Its variables that the host may assign to, which are exported by the entry; absent where there are none. */
  variables?: string[];
  /** The variables that stand in the body for `import.meta` and for `import`; absent where it uses neither. */
  scope?: { meta: string; load: string };
}

/** A module that cannot run, because of its own or another one's fault: the properties of the error for who imports it. */
export interface FaultyModule {
  fault: Pick<LeaseholdError, "name" | "code" | "message"> & { unit: string };
}

export type LinkedModule = RunnableModule | FaultyModule;

/** A unit that is linked with another one, into its domain. */
export interface RequiredPlan {
  unit: string;
  /** What every module's own address starts with; the path follows. */
  base: string;
  /** What the key of every module starts with; the path follows. */
  prefix: string;
  /** Key of its entry. */
  entry: string;
  /** Names of the units that it requires itself. */
  requires: string[];
  /** Whether its entry exports `activate` or `deactivate`. */
  isActive: boolean;
  /** Names of the capabilities that it asks for; absent where there are none. */
  capabilities?: string[];
}

/**
 * A unit's modules, with those of all that it requires, as the guest gets them. Blob URLs are made there, since they exist only inside
 * the domain. The key of a module is its path, behind the prefix of its unit, where it is a required one's.
 */
export interface LinkPlan {
  unit: string;
  /** What the address of each of the unit's own modules starts with; the path follows. */
  base: string;
  /** Path of the module whose exports the host calls. */
  entry: string;
  /** By key. */
  modules: Record<string, LinkedModule>;
  /** The entry's exports that may be assigned to, by name, each with the module whose variable it is; absent where there are none. */
  variables?: Record<string, { module: string; local: string }>;
  /** Names of the units that it requires; absent where there are none. */
  requires?: string[];
  /** Names of the capabilities that it asks for; absent where there are none. */
  capabilities?: string[];
  /** All units that are linked with it, each behind what it requires; absent where there are none. */
  required?: RequiredPlan[];
}
