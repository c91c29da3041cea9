import { LINKER, UNIT_MODULE, UNIT_MODULE_PATH } from "../unit-module.js";
import { LeaseholdError } from "../errors.js";
import type { LinkPlan } from "../unit/index.js";
import type { createCapabilities } from "./capabilities.js";
import { evaluationError, syntaxError } from "./link-error.js";
import { addressOfModule, decode, placeOfModule } from "./module-place.js";
import { createScope, type ModuleScope } from "./module-scope.js";
import { ModuleUrls } from "./module-urls.js";
import { Shells } from "./shells.js";
import { VariableSetters } from "./variable-setters.js";

/** Imports a unit's modules into this realm. Their Blob URLs are revoked whenever no import is under way. */
export class Linker {
  readonly #plan: LinkPlan;
  readonly #onUrls: (live: number, made: number) => void;
  readonly #urls: ModuleUrls;
  readonly #shells = new Shells();
  readonly #setters: VariableSetters;
  #running = 0;

  /**
   * @param capabilityOf what units import from the library
   * @param onUrls called with how many URLs are live, and how many were ever made, whenever that changes
   */
  constructor(
    plan: LinkPlan,
    capabilityOf: ReturnType<typeof createCapabilities>,
    onUrls: (live: number, made: number) => void,
  ) {
    this.#plan = plan;
    this.#onUrls = onUrls;
    this.#urls = new ModuleUrls(plan);
    this.#setters = new VariableSetters(plan);
    const scopeOf = (key: string): ModuleScope => this.#scopeOf(key);
    const hooks = { scopeOf, shells: this.#shells, setters: this.#setters.add, capabilityOf };
    Object.defineProperty(globalThis, LINKER, { value: hooks });
  }

  /** Imports a module, by its key, for the host. @throws LeaseholdError "LoadError" that names the module at fault */
  load(key: string): Promise<object> {
    return this.#import(key, async (error) => {
      if (error instanceof LeaseholdError) return error;
      const fault = await syntaxError(error, key, this.#plan, this.#urls);
      return fault ?? evaluationError(error, key, this.#plan, this.#urls);
    });
  }

  /** Assigns to a variable that the entry exports; returns whether that is possible. */
  assign(name: string, value: unknown): boolean {
    const isAssigned = this.#setters.assign(name, value);
    this.#shells.refresh();
    return isAssigned;
  }

  /** Brings what is seen through a cycle up to date. */
  refreshCycles(): void {
    this.#shells.refresh();
  }

  #scopeOf(key: string): ModuleScope {
    const plan = this.#plan;
    const own = placeOfModule(key, plan);
    const required = (plan.required ?? []).filter(({ unit }) => own.requires.includes(unit));
    return createScope(own.path, {
      name: own.unit,
      base: own.base,
      addressOf(specifier) {
        if (specifier === UNIT_MODULE) return own.base + UNIT_MODULE_PATH;
        const found = required.find(({ unit }) => specifier === unit || specifier.startsWith(`${unit}/`));
        if (!found || specifier === found.unit) return found && addressOfModule(found.entry, plan);
        return new URL(`./${specifier.slice(found.unit.length + 1)}`, found.base).href;
      },
      load: (address) => {
        const found = [own, ...required].find(({ base }) => address.startsWith(base));
        return found && this.#importLate(found.prefix + decode(address.slice(found.base.length)));
      },
    });
  }

  /** What such a module throws is the unit's own matter, and comes as it is. */
  #importLate(key: string): Promise<object> | undefined {
    if (!this.#urls.has(key)) return undefined;
    return this.#import(key, async (error) => (await syntaxError(error, key, this.#plan, this.#urls)) ?? error);
  }

  async #import(key: string, explain: (error: unknown) => Promise<unknown>): Promise<object> {
    this.#running++;
    try {
      const url = this.#urls.urlOf(key);
      this.#report();
      const head = this.#urls.headOf(key);
      if (head !== key) await import(/* @vite-ignore */ this.#urls.urlOf(head));
      return (await import(/* @vite-ignore */ url)) as object;
    } catch (error) {
      throw await explain(error);
    } finally {
      if (--this.#running === 0) this.#urls.revoke();
      this.#report();
    }
  }

  #report(): void {
    this.#onUrls(this.#urls.live, this.#urls.made);
  }
}
