import { LeaseholdError } from "../errors.js";
import { findCycles } from "./find-cycles.js";
import { entryOf } from "./manifest.js";
import { LINKER_KEY, type LinkPlan, type Piece } from "./linking.js";
import { moduleUrl, resolveModulePath } from "./module-path.js";
import { parseModule, type ModuleSyntax } from "./module-syntax.js";
import type { UnitPackage } from "./unit-package.js";

/** Ids of what is no module of the unit itself. None can be a module's path, which never starts with a slash. */
export const RUNTIME = "/runtime";
const bodyOf = (path: string) => `/body/${path}`;
const shellOf = (path: string) => `/shell/${path}`;
const metaOf = (path: string) => `/meta/${path}`;

/** As long as the words that they replace, so that every column of a stack trace or source map stays right. */
const META = "$lease_meta";
const IMPORT = "$lease";

/**
 * Rewrites a unit's modules so that they import one another by Blob URL.
 *
 * 1. An import statement is blanked where it stands and repeated, with the URL, behind the module's last line: imports
 *    are hoisted, and nothing that remains changes its line or column.
 * 2. `import(…)` and `import.meta` become names of the same length, imported from a small module made for each.
 * 3. URLs need an order, so an import that closes a cycle gets a shell: variables that are filled in as soon as the real
 *    module has run, and again before each operation. The real module is then the shell's "body", and what others import
 *    is a facade that runs it and fills the shell. Evaluation order is the language's own. What differs: a function of a
 *    module still to run cannot be called before it has, and a variable seen through a cycle is as of the operation's start.
 *
 * @throws LeaseholdError "LoadError": `module-not-found`, `import-unresolved`, `syntax-error`, `json-invalid`
 */
export function linkPlan({ manifest, modules }: UnitPackage): LinkPlan {
  const unit = manifest.name;
  const entry = entryOf(manifest);
  if (!Object.hasOwn(modules, entry)) {
    throw notFound(unit, entry, "the manifest as its entry", Object.keys(modules));
  }
  const syntax = new Map<string, ModuleSyntax>();
  const imports = new Map<string, string[]>();
  for (const [path, text] of Object.entries(modules)) {
    if (path.endsWith(".json")) continue;
    const parsed = parseModule(text, { unit, path });
    syntax.set(path, parsed);
    imports.set(
      path,
      parsed.imports.map(({ specifier }) => resolveImport(specifier, path, unit, modules)),
    );
  }

  const { closing, heads } = findCycles(entry, imports);
  const plan: LinkPlan = {
    unit,
    version: manifest.version,
    entry,
    heads: Object.fromEntries(heads),
    modules: { [RUNTIME]: [`const linker = globalThis[Symbol.for("${LINKER_KEY}")];export const { moduleFor, shells } = linker;`] },
  };
  for (const [path, text] of Object.entries(modules)) {
    const parsed = syntax.get(path);
    if (!parsed) {
      plan.modules[path] = [jsonModule(text, path, unit), sourceUrl(manifest, path)];
      continue;
    }
    const targets = imports.get(path) ?? [];
    const urlOf = (index: number): Piece => {
      const target = targets[index] as string;
      return { id: closing.get(target)?.has(path) ? shellOf(target) : target };
    };
    const pieces = [...rewrite(parsed, path, urlOf), sourceUrl(manifest, path)];
    if (parsed.metas.length || parsed.dynamicImports.length) plan.modules[metaOf(path)] = metaModule(path);
    if (!closing.has(path)) plan.modules[path] = pieces;
    else {
      const names = exportedNames(path, syntax, imports);
      plan.modules[bodyOf(path)] = pieces;
      plan.modules[shellOf(path)] = shellModule(path, names);
      plan.modules[path] = facadeModule(path, names.includes("default"));
    }
  }
  return plan;
}

function resolveImport(specifier: string, importer: string, unit: string, modules: Record<string, string>): string {
  const path = resolveModulePath(specifier, importer);
  if (path !== undefined) {
    if (Object.hasOwn(modules, path)) return path;
    throw notFound(unit, path, importer, Object.keys(modules));
  }
  const reason = /^\.\.?\//.test(specifier)
    ? "leaves the unit; a unit's modules lie at or below its manifest"
    : /^[a-z]+:|^\//.test(specifier)
      ? "is an address; a unit runs only its own modules, so copy that one into it"
      : "is a package; bundle it into the unit";
  throw new LeaseholdError("LoadError", "import-unresolved", `${importer} of ${unit} imports "${specifier}", which ${reason}.`, { unit });
}

function notFound(unit: string, path: string, wantedBy: string, known: string[]): LeaseholdError {
  const message = `${unit} has no module ${path}, wanted by ${wantedBy}. It has: ${known.slice(0, 12).join(", ") || "none"}.`;
  return new LeaseholdError("LoadError", "module-not-found", message, { unit });
}

function rewrite(syntax: ModuleSyntax, path: string, urlOf: (index: number) => Piece): Piece[] {
  const { text } = syntax;
  const edits = [
    ...syntax.imports.map(({ statement }) => ({ ...statement, by: blank(text.slice(statement.start, statement.end)) })),
    ...syntax.metas.map(({ start, end }) => ({ start, end, by: META.padEnd(end - start) })),
    ...syntax.dynamicImports.map(({ start }) => ({ start, end: start + "import".length, by: IMPORT })),
  ].sort((a, b) => a.start - b.start);
  let result = "";
  let from = 0;
  for (const { start, end, by } of edits) {
    result += text.slice(from, start) + by;
    from = end;
  }
  const pieces: Piece[] = [result + text.slice(from)];
  syntax.imports.forEach(({ statement, name }, index) => {
    // What stands before the specifier ends in its opening quote; attributes after it are not needed.
    pieces.push(`\n${text.slice(statement.start, name.start)}`, urlOf(index), `${text[name.start - 1] ?? ""};`);
  });
  if (syntax.metas.length || syntax.dynamicImports.length) {
    pieces.push(`\nimport { meta as ${META}, load as ${IMPORT} } from "`, { id: metaOf(path) }, `";`);
  }
  return pieces;
}

/** The semicolon ends whatever stood before, as the import did. */
function blank(statement: string): string {
  return `;${statement.slice(1).replace(/[^\n\r\u2028\u2029]/g, " ")}`;
}

function metaModule(path: string): Piece[] {
  return [`import { moduleFor } from "`, { id: RUNTIME }, `";export const { meta, load } = moduleFor(${JSON.stringify(path)});`];
}

function shellModule(path: string, names: string[]): Piece[] {
  const variables = names.map((_, index) => `v${index}`);
  const declaration = names.length ? `let ${variables.join()};` : "";
  const exported = names.map((name, index) => `v${index} as ${JSON.stringify(name)}`).join();
  const assignments = names.map((name, index) => `v${index}=from[${JSON.stringify(name)}];`).join("");
  return [
    `import { shells } from "`,
    { id: RUNTIME },
    `";${declaration}export {${exported}};shells.set(${JSON.stringify(path)},from=>{${assignments}});`,
  ];
}

function facadeModule(path: string, hasDefault: boolean): Piece[] {
  const body = { id: bodyOf(path) };
  return [
    `import * as body from "`,
    body,
    `";import { shells } from "`,
    { id: RUNTIME },
    `";const fill=shells.get(${JSON.stringify(path)});shells.set(${JSON.stringify(path)},()=>fill(body));fill(body);export * from "`,
    body,
    `";`,
    ...(hasDefault ? [`export {default} from "`, body, `";`] : []),
  ];
}

function jsonModule(text: string, path: string, unit: string): string {
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new LeaseholdError("LoadError", "json-invalid", `${path} of ${unit} is not JSON: ${(cause as Error).message}`, { unit, cause });
  }
  return `export default JSON.parse(${JSON.stringify(text)});`;
}

/** Every name that a module exports, those of its `export *` included. */
function exportedNames(path: string, syntax: Map<string, ModuleSyntax>, imports: Map<string, string[]>): string[] {
  const names = new Set<string>();
  const visited = new Set<string>();
  const visit = (current: string) => {
    if (visited.has(current)) return;
    visited.add(current);
    const parsed = syntax.get(current);
    for (const name of parsed?.exports ?? []) if (current === path || name !== "default") names.add(name);
    parsed?.imports.forEach(({ isStarExport }, index) => {
      if (isStarExport) visit(imports.get(current)?.[index] as string);
    });
  };
  visit(path);
  return [...names];
}

function sourceUrl(manifest: UnitPackage["manifest"], path: string): string {
  return `\n//# sourceURL=${moduleUrl(manifest, path)}`;
}
