import { LeaseholdError } from "../errors.js";
import type { LinkPlan } from "../unit/index.js";
import { evaluationError, syntaxError } from "./link-error.js";
import { createScope, type ModuleScope, type ScopedUnit } from "./module-scope.js";
import { ModuleUrls } from "./module-urls.js";
import { LINKER, Shells } from "./shells.js";
import { VariableSetters } from "./variable-setters.js";

/** Imports a unit's modules into this realm. Their Blob URLs are revoked whenever no import is under way. */
export class Linker {
  readonly #plan: LinkPlan;
  readonly #onUrls: (live: number, made: number) => void;
  readonly #urls: ModuleUrls;
  readonly #shells = new Shells();
  readonly #setters: VariableSetters;
  #running = 0;

  /** @param onUrls called with how many URLs are live, and how many were ever made, whenever that changes */
  constructor(plan: LinkPlan, onUrls: (live: number, made: number) => void) {
    this.#plan = plan;
    this.#onUrls = onUrls;
    this.#urls = new ModuleUrls(plan);
    this.#setters = new VariableSetters(plan);
    const unit: ScopedUnit = {
      name: plan.unit,
      base: plan.base,
      // What a module throws is the unit's own matter, and comes as it is.
      load: (path) =>
        this.#urls.has(path)
          ? this.#import(path, async (error) => (await syntaxError(error, path, plan, this.#urls)) ?? error)
          : undefined,
    };
    const scopeOf = (path: string): ModuleScope => createScope(path, unit);
    const hooks = { scopeOf, shells: this.#shells, setters: this.#setters.add };
    Object.defineProperty(globalThis, LINKER, { value: hooks });
  }

  /** Imports one of the unit's modules for the host. @throws LeaseholdError "LoadError" that names the module at fault */
  load(path: string): Promise<object> {
    return this.#import(path, async (error) => {
      if (error instanceof LeaseholdError) return error;
      const fault = await syntaxError(error, path, this.#plan, this.#urls);
      return fault ?? evaluationError(error, this.#plan, this.#urls);
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

  async #import(path: string, explain: (error: unknown) => Promise<unknown>): Promise<object> {
    this.#running++;
    try {
      const url = this.#urls.urlOf(path);
      this.#report();
      const head = this.#urls.headOf(path);
      if (head !== path) await import(/* @vite-ignore */ this.#urls.urlOf(head));
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
