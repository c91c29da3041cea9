import { LINKER } from "../unit-module.js";
import { LeaseholdError } from "../errors.js";
import type { LinkedModule, LinkPlan, RunnableModule } from "../unit/index.js";
import { findCycles, type Cycles } from "./find-cycles.js";
import { addressOfModule } from "./module-place.js";
import { facadeOf, shellOf } from "./shells.js";
import { addressSource } from "./source-addresses.js";
import { settersOf } from "./variable-setters.js";

/**
 * Makes the Blob URLs of a unit's modules.
 *
 * A module's text has to name the URLs of what it imports, so those are made first. An import that closes a cycle cannot
 * have that, and gets the URL of a shell instead (see `Shells`). Which imports those are depends on where a cycle is
 * entered, as in the language; so it is found out when a module is first imported, by `import()` too.
 */
export class ModuleUrls {
  /** How many were ever made. */
  made = 0;

  readonly #plan: LinkPlan;
  readonly #modules: ReadonlyMap<string, LinkedModule>;
  /** Key → the URL under which other modules import it. */
  readonly #urls = new Map<string, string>();
  readonly #shells = new Map<string, string>();
  readonly #heads = new Map<string, string>();
  readonly #closers = new Map<string, string>();
  #live: string[] = [];

  constructor(plan: LinkPlan) {
    this.#plan = plan;
    this.#modules = new Map(Object.entries(plan.modules));
  }

  /** How many are not revoked. */
  get live(): number {
    return this.#live.length;
  }

  has(key: string): boolean {
    return this.#modules.has(key);
  }

  /** The keys of the modules that a module imports, in order. */
  importsOf(key: string): string[] {
    const module = this.#modules.get(key);
    return module && "imports" in module ? module.imports.map((each) => each.module) : [];
  }

  /** The module that must have run before the given one counts as run: itself, or where its cycle was entered. */
  headOf(key: string): string {
    return this.#heads.get(key) ?? key;
  }

  /** The module that one gets from a shell: imported by it, but not run before it. */
  awaitedBy(key: string): string | undefined {
    return this.#closers.get(key);
  }

  /**
   * The URL of a module, under which all that it imports can be found. It is the same at every call, revoked or not.
   * @throws LeaseholdError the fault for which the module cannot run
   */
  urlOf(key: string): string {
    const known = this.#urls.get(key);
    if (known !== undefined) return known;
    const linked = this.#modules.get(key);
    if (linked && "fault" in linked) {
      const { name, code, message, unit } = linked.fault;
      throw new LeaseholdError(name, code, message, { unit });
    }
    const { closing, heads, order } = findCycles(key, (each) => (this.#urls.has(each) ? [] : this.importsOf(each)));
    for (const [member, head] of heads) this.#heads.set(member, head);
    // What a module imports comes before it, so that a chain of any length is no deeper than one.
    for (const each of order) this.#place(each, closing);
    return this.#place(key, closing);
  }

  /** What was imported under a URL stays in the realm's module map, so that a later import meets the same instance. */
  revoke(): void {
    for (const url of this.#live) URL.revokeObjectURL(url);
    this.#live = [];
  }

  #place(key: string, closing: Cycles["closing"]): string {
    const known = this.#urls.get(key);
    if (known !== undefined) return known;
    const { body, imports, exports, variables, scope } = this.#modules.get(key) as RunnableModule;
    const parts = [body];
    if (variables) parts.push(settersOf(key, variables, body));
    for (const { before, module, after } of imports) {
      const closes = closing.get(module)?.has(key);
      if (closes) this.#closers.set(key, module);
      const url = closes ? this.#shellUrl(module) : this.#place(module, closing);
      const head = this.headOf(module);
      // Who is not in the cycle waits for all of it, where it awaits something at its top level.
      if (head !== module && head !== this.headOf(key)) parts.push(`\nimport "${this.urlOf(head)}";`);
      parts.push(before, url, after);
    }
    if (scope) parts.push(`\nimport{meta as ${scope.meta},load as ${scope.load}}from"${this.#make([scopeOf(key)])}";`);
    const address = addressOfModule(key, this.#plan);
    parts.push(`\n//# sourceURL=${address}`);
    const url = this.#make(parts);
    addressSource(url, address);
    const outer = closing.has(key) ? this.#make([facadeOf(key, exports, url)]) : url;
    this.#urls.set(key, outer);
    return outer;
  }

  #shellUrl(key: string): string {
    const { exports } = this.#modules.get(key) as RunnableModule;
    const url = this.#shells.get(key) ?? this.#make([shellOf(key, exports)]);
    this.#shells.set(key, url);
    return url;
  }

  #make(parts: string[]): string {
    const url = URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
    this.made++;
    this.#live.push(url);
    return url;
  }
}

/** What a module imports to have its own `import.meta` and `import()`. */
function scopeOf(key: string): string {
  return `export const{meta,load}=${LINKER}.scopeOf(${JSON.stringify(key)});`;
}
