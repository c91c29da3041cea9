/** Where an exported name comes from: a variable of the module itself, or an export of another one ("*": all of them). */
export type ExportSource = { local: string } | { from: string; imported: string };

/** What a module exports, in terms of itself and of other modules' paths. */
export interface ModuleExports {
  named: Map<string, ExportSource>;
  /** The modules of its `export * from`, in order. */
  stars: string[];
}

/** Answers which names a unit's modules export, by the language's own rules. */
export class ExportTable {
  readonly #modules: ReadonlyMap<string, ModuleExports>;

  constructor(modules: ReadonlyMap<string, ModuleExports>) {
    this.#modules = modules;
  }

  /** Whether the module exports a name. It does not where two `export *` give the name different meanings. */
  has(path: string, name: string): boolean {
    return this.#originOf(path, name) !== undefined;
  }

  /** The module whose variable is behind a name, and what that calls it ("*": all that it exports). */
  originOf(path: string, name: string): { module: string; local: string } | undefined {
    const [module, local] = this.#originOf(path, name)?.split("\n") ?? [];
    return module !== undefined && local !== undefined ? { module, local } : undefined;
  }

  /** Every name that the module exports. */
  namesOf(path: string): string[] {
    const names = new Set(this.#modules.get(path)?.named.keys());
    const visited = new Set([path]);
    for (const current of visited) {
      const { named, stars = [] } = this.#modules.get(current) ?? {};
      for (const name of named?.keys() ?? []) if (name !== "default") names.add(name);
      for (const target of stars) visited.add(target);
    }
    return [...names].filter((name) => this.has(path, name));
  }

  /** For each `export *` of a module the names that it adds; each name once, by the shortest way to it. */
  namesOfStars(path: string): string[][] {
    const { named, stars = [] } = this.#modules.get(path) ?? {};
    const added = stars.map((): string[] => []);
    if (stars.length === 0) return added;
    for (const name of this.namesOf(path)) {
      if (named?.has(name)) continue;
      // By any way, modules of a cycle could send each other round in it.
      const steps = stars.map((target) => this.#namedIn(target, name)[0]?.steps ?? Infinity);
      added[steps.indexOf(Math.min(...steps))]?.push(name);
    }
    return added;
  }

  /** What tells the variable behind a name from every other; undefined where it is none, or not one. */
  #originOf(path: string, name: string, visited = new Set<string>()): string | undefined {
    const origins = new Set<string>();
    for (const { path: owner, source } of this.#namedIn(path, name)) {
      const origin = this.#follow(owner, name, source, visited);
      if (origin !== undefined) origins.add(origin);
    }
    const [only] = origins;
    return origins.size === 1 ? only : undefined;
  }

  #follow(owner: string, name: string, source: ExportSource, visited: Set<string>): string | undefined {
    if ("local" in source) return `${owner}\n${source.local}`;
    if (source.imported === "*") return `${source.from}\n*`;
    if (visited.has(`${owner}\n${name}`)) return undefined;
    return this.#originOf(source.from, source.imported, new Set([...visited, `${owner}\n${name}`]));
  }

  /** The modules that say a name themselves: this one, else those behind its `export *`, the nearest first. */
  #namedIn(path: string, name: string): { path: string; steps: number; source: ExportSource }[] {
    const found = [];
    const reached = new Map([[path, 0]]);
    for (const [current, steps] of reached) {
      const { named, stars = [] } = this.#modules.get(current) ?? {};
      const source = named?.get(name);
      if (source) found.push({ path: current, steps, source });
      else if (name !== "default") for (const target of stars) if (!reached.has(target)) reached.set(target, steps + 1);
    }
    return found;
  }
}
