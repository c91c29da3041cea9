import { LINKER } from "../unit-module.js";

interface Shell {
  names: string[];
  assign(values: unknown[]): void;
  /** The module itself, from when it has run. */
  module?: Record<string, unknown>;
  values: unknown[];
}

/**
 * Stands in for modules that are imported by a module they are waiting for. A Blob URL exists only once its text is
 * known, so of two modules in a cycle one cannot name the other's.
 *
 * 1. Who closes a cycle imports a shell: a module of nothing but variables, named like the real one's exports.
 * 2. Everybody else imports a facade of the real module, which fills the shell as soon as the real one has run.
 * 3. Shells are filled anew before each operation of the host, because a module may assign to what it exports.
 *
 * Modules run in the language's own order, and what they reach through a shell is the real thing. What differs is the time
 * before a module has run: a function of it cannot be called yet, and a variable is undefined instead of throwing. And
 * a variable seen through a cycle is as of the start of the host's last operation.
 */
export class Shells {
  readonly #shells = new Map<string, Shell>();

  /** Called by a shell as it runs, before anyone can see its variables. */
  readonly add = (path: string, names: string[], assign: (values: unknown[]) => void): void => {
    this.#shells.set(path, { names, assign, values: [] });
  };

  /** Called by a facade, once the module has run. */
  readonly fill = (path: string, module: Record<string, unknown>): void => {
    const shell = this.#shells.get(path);
    if (shell) shell.module = module;
    this.refresh();
  };

  /** Brings all variables up to date. One may be another shell's, so this ends when a round has changed nothing. */
  refresh(): void {
    for (let isChanged = true; isChanged;) {
      isChanged = false;
      for (const shell of this.#shells.values()) {
        const { module, names, assign } = shell;
        const values = module ? names.map((name) => module[name]) : [];
        if (values.every((value, index) => Object.is(value, shell.values[index]))) continue;
        assign((shell.values = values));
        isChanged = true;
      }
    }
  }
}

/** The text of a module's shell. */
export function shellOf(path: string, names: readonly string[]): string {
  const variables = names.map((_, index) => `v${index}`);
  const exported = names.map((name, index) => `v${index} as ${JSON.stringify(name)}`);
  const declaration = names.length > 0 ? `let ${variables.join()};` : "";
  const add = `${LINKER}.shells.add(${JSON.stringify(path)},${JSON.stringify(names)},v=>{[${variables.join()}]=v})`;
  return `${declaration}export{${exported.join()}};${add};`;
}

/** The text of what others import in place of a module that has a shell; `url` is the module's own. */
export function facadeOf(path: string, names: readonly string[], url: string): string {
  const byDefault = names.includes("default") ? `export{default}from"${url}";` : "";
  return `import*as module from"${url}";export*from"${url}";${byDefault}${LINKER}.shells.fill(${JSON.stringify(path)},module);`;
}
