import { LINKER } from "../unit-module.js";
import type { LinkPlan } from "../unit/index.js";

type Setter = (value: unknown) => void;

/**
 * Assigns to the variables that a unit exports. Only a module's own code can, and what is exported is read-only to everybody else; so
 * a line behind such a module hands over a setter for each.
 */
export class VariableSetters {
  readonly #plan: LinkPlan;
  readonly #setters = new Map<string, Setter[]>();

  constructor(plan: LinkPlan) {
    this.#plan = plan;
  }

  /** Called by a module when it has run. */
  readonly add = (path: string, setters: Setter[]): void => {
    this.#setters.set(path, setters);
  };

  /** Assigns to what the entry exports under a name; returns whether that is possible. */
  assign(name: string, value: unknown): boolean {
    const { modules, variables = {} } = this.#plan;
    const origin = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const module = origin && modules[origin.module];
    const index = module && "variables" in module ? (module.variables ?? []).indexOf(origin.local) : -1;
    const set = origin && this.#setters.get(origin.module)?.[index];
    try {
      set?.(value);
    } catch {
      // Some constants are found out only here.
      return false;
    }
    return set !== undefined;
  }
}

/** The line that hands over the setters of a module's variables; none where a name in the module would be in its way. */
export function settersOf(path: string, variables: readonly string[], body: string): string {
  if (body.includes(LINKER)) return "";
  const setters = variables.map((local) => (local === "v" ? "w=>{v=w}" : `v=>{${local}=v}`));
  return `\n;${LINKER}.setters(${JSON.stringify(path)},[${setters.join()}]);`;
}
