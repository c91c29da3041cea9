import { parse, type ImportSpecifier } from "es-module-lexer/minimal/js";
import { LeaseholdError } from "../errors.js";
import { parseClause, unescapeName, type ImportClause } from "./import-clause.js";

/** A range of offsets into a module's text. */
export interface Range {
  start: number;
  end: number;
}

/** One static `import … from` or `export … from` statement. */
export interface StaticImport extends ImportClause {
  specifier: string;
  /** The statement, and inside it the specifier without its quotes. */
  statement: Range;
  name: Range;
  /** The text of its import attributes, e.g. `{ type: "json" }`. */
  attributes?: string;
}

/** What linking needs to know of one module's source text. */
export interface ModuleSyntax {
  /** The text that the offsets refer to: the source without a byte order mark, its hashbang made a comment. */
  text: string;
  imports: StaticImport[];
  /** Each `import(…)`; `specifier` only where it is a literal. */
  dynamicImports: { start: number; specifier?: string }[];
  /** Each `import.meta`. */
  metas: Range[];
  /** What the module exports under a name; not what it does by `export *`. `local` is the variable, where there is one. */
  exports: { name: string; local?: string }[];
  /** The variables among those that may be assigned to: what is not plainly a constant, a function, a class or a default. */
  variables: ReadonlySet<string>;
}

/** Where a module is from, for messages. */
export interface ModuleOrigin {
  unit: string;
  path: string;
}

const enum Type {
  Static = 1,
  Dynamic = 2,
  Meta = 3,
}

/**
 * Reads a module's imports and exports. It finds what is wrong only where it cannot go on; the engine finds the rest.
 * @throws LeaseholdError "LoadError" (`syntax-error`) with line and column, "NotSupportedError" (`import-phase`)
 */
export function parseModule(source: string, origin: ModuleOrigin): ModuleSyntax {
  // The engine drops a byte order mark too; the lexer would overlook an import behind it, and takes a hashbang for a
  // regular expression.
  const text = withoutMark(source).replace(/^#!/, "//");
  const [imports, exports] = lex(text, origin);
  const syntax: ModuleSyntax = {
    text,
    imports: [],
    dynamicImports: [],
    metas: [],
    exports: exports.map(({ n, ln }) => ({ name: unescapeName(n), ...(ln && { local: unescapeName(ln) }) })),
    variables: new Set(exports.flatMap(({ s, ln }) => (ln && !isFixed(text, s) ? unescapeName(ln) : []))),
  };
  for (const found of imports) {
    if (found.t === Type.Static) syntax.imports.push(staticImport(text, found));
    else if (found.t === Type.Meta) syntax.metas.push({ start: found.ss, end: found.se });
    else if (found.t === Type.Dynamic) {
      syntax.dynamicImports.push({ start: found.ss, ...(found.n !== undefined && { specifier: found.n }) });
    } else {
      throw new LeaseholdError(
        "NotSupportedError",
        "import-phase",
        `${origin.path} of ${origin.unit} uses "import source" or "import defer", which few engines run yet; use a plain import.`,
        { unit: origin.unit },
      );
    }
  }
  return syntax;
}

/** What stands before a name that is declared and exported at once and never changes, or before `default`. */
const FIXED = /\bexport\s+(?:(?:const|class|(?:async\s+)?function\s*\*?)\s*)?$/;
/** Characters that are looked back for it. */
const LONGEST_FIXED = 80;

/** Whether an exported name is no variable, as far as a glance tells: one that is overlooked fails when it is assigned to. */
function isFixed(text: string, start: number): boolean {
  return FIXED.test(text.slice(Math.max(0, start - LONGEST_FIXED), start));
}

/** Lets go of the last module's text, which may be megabytes: the lexer keeps it, and the engine, for `RegExp.input`. */
export function forgetText(): void {
  parse("", "");
  /^/.exec("");
}

/** The text without the byte order mark that a file may begin with. */
export function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function lex(text: string, { unit, path }: ModuleOrigin) {
  try {
    return parse(text, "");
  } catch (error) {
    // Where something was left open, the lexer names the very beginning.
    const [, position = "1:1"] = /:(\d+:\d+)$/.exec((error as Error).message) ?? [];
    const reach = position === "1:1" ? "to its end" : `past line ${position}`;
    throw new LeaseholdError(
      "LoadError",
      "syntax-error",
      `${path} of ${unit} is not a JavaScript module: it cannot be read ${reach}. ` +
        `Check that it is the module itself, not a page or a file that was cut short.`,
      { unit, cause: error },
    );
  }
}

function staticImport(text: string, found: ImportSpecifier): StaticImport {
  return {
    specifier: found.n ?? "",
    statement: { start: found.ss, end: found.se },
    name: { start: found.s, end: found.e },
    ...parseClause(text.slice(found.ss, found.s)),
    ...(found.a >= 0 && { attributes: text.slice(found.a, found.se) }),
  };
}
