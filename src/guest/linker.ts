import { LeaseholdError } from "../errors.js";
import { LINKER_KEY, type LinkPlan } from "../unit/linking.js";
import { moduleUrl, resolveModulePath } from "../unit/module-path.js";
import { linkError } from "./link-error.js";

/** What `import.meta` and `import()` are for one module of the unit. */
interface ModuleScope {
  meta: { url: string; resolve(specifier: string): string };
  load(specifier: unknown): Promise<object>;
}

/**
 * Imports a unit's modules from Blob URLs of this realm. A URL is revoked as soon as the import that needed it is over;
 * the realm's module map keeps what was imported under it, so later imports of the same module still meet the same one.
 */
export class Linker {
  /** Fills, and refills, the shells of modules that are part of a cycle. See `linkPlan`. */
  readonly shells = new Map<string, (from?: object) => void>();

  readonly #plan: LinkPlan;
  readonly #onUrls: (live: number, made: number) => void;
  readonly #urls = new Map<string, string>();
  #live: string[] = [];
  #running = 0;

  /** @param onUrls called with how many URLs are live, and how many were ever made, whenever that changes */
  constructor(plan: LinkPlan, onUrls: (live: number, made: number) => void) {
    this.#plan = plan;
    this.#onUrls = onUrls;
    const hooks = { moduleFor: (path: string) => this.#moduleFor(path), shells: this.shells };
    Object.defineProperty(globalThis, Symbol.for(LINKER_KEY), { value: hooks });
  }

  /** Imports one of the unit's modules. @throws LeaseholdError "LoadError" that names the module at fault */
  async load(path: string): Promise<object> {
    this.#running++;
    try {
      const head = this.#plan.heads[path];
      if (head !== undefined) await this.#import(head);
      return await this.#import(path);
    } catch (error) {
      throw await linkError(error, this.#plan, this.#urls);
    } finally {
      if (--this.#running === 0) this.#revoke();
    }
  }

  /** Brings what is seen through a cycle up to date. */
  refreshCycles(): void {
    for (const refresh of this.shells.values()) refresh();
  }

  async #import(id: string): Promise<object> {
    const before = this.#urls.size;
    const url = this.#urlOf(id);
    if (this.#urls.size > before) this.#onUrls(this.#live.length, this.#urls.size);
    return (await import(/* @vite-ignore */ url)) as object;
  }

  #urlOf(id: string): string {
    const known = this.#urls.get(id);
    if (known !== undefined) return known;
    const pieces = this.#plan.modules[id] ?? [];
    const text = pieces.map((piece) => (typeof piece === "string" ? piece : this.#urlOf(piece.id)));
    const url = URL.createObjectURL(new Blob(text, { type: "text/javascript" }));
    this.#urls.set(id, url);
    this.#live.push(url);
    return url;
  }

  #revoke(): void {
    if (this.#live.length === 0) return;
    for (const url of this.#live) URL.revokeObjectURL(url);
    this.#live = [];
    this.#onUrls(0, this.#urls.size);
  }

  #moduleFor(path: string): ModuleScope {
    const unit = { name: this.#plan.unit, version: this.#plan.version };
    return {
      meta: {
        url: moduleUrl(unit, path),
        resolve(specifier) {
          const target = resolveModulePath(specifier, path);
          return target === undefined ? new URL(specifier, moduleUrl(unit, path)).href : moduleUrl(unit, target);
        },
      },
      load: async (specifier) => {
        const name = String(specifier);
        const target = resolveModulePath(name, path) ?? this.#pathOf(name);
        if (target !== undefined && Object.hasOwn(this.#plan.modules, target)) return this.load(target);
        if (target === undefined && URL.canParse(name)) return (await import(/* @vite-ignore */ name)) as object;
        const message = `${path} of ${unit.name} imports "${name}", which is not among the unit's modules.`;
        throw new LeaseholdError("LoadError", "module-not-found", message, { unit: unit.name });
      },
    };
  }

  /** The module whose `import.meta.url` this is. */
  #pathOf(url: string): string | undefined {
    const root = moduleUrl({ name: this.#plan.unit, version: this.#plan.version }, "");
    return url.startsWith(root) ? url.slice(root.length) : undefined;
  }
}
