import { parse, type ImportSpecifier } from "es-module-lexer/minimal/js";
import { LeaseholdError } from "../errors.js";

/** One static `import … from` or `export … from` statement. Positions are offsets into the module's text. */
export interface StaticImport {
  specifier: string;
  /** The statement, and inside it the specifier without its quotes. */
  statement: { start: number; end: number };
  name: { start: number; end: number };
  isStarExport: boolean;
}

/** Where `import(…)` or `import.meta` stands; `specifier` only where it is a literal. */
export interface DynamicSyntax {
  start: number;
  end: number;
  specifier?: string;
}

/** What linking needs to know of one module's source text. */
export interface ModuleSyntax {
  /** The text that the offsets refer to; differs from the source at most in a hashbang, and never in length. */
  text: string;
  imports: StaticImport[];
  dynamicImports: DynamicSyntax[];
  metas: DynamicSyntax[];
  /** Names exported by the module itself; those of `export *` are not among them. */
  exports: string[];
}

const enum Type {
  Static = 1,
  Dynamic = 2,
  Meta = 3,
}

/**
 * Reads a module's imports and exports.
 * @param where names the unit and module for messages
 * @throws LeaseholdError "LoadError" (`syntax-error`) with line and column, "NotSupportedError" (`import-phase`)
 */
export function parseModule(source: string, where: { unit: string; path: string }): ModuleSyntax {
  // The lexer takes a hashbang for a regular expression.
  const text = source.startsWith("#!") ? `//${source.slice(2)}` : source;
  const [imports, exports] = lex(text, where);
  const syntax: ModuleSyntax = { text, imports: [], dynamicImports: [], metas: [], exports: exports.map(({ n }) => n) };
  for (const found of imports) {
    if (found.t === Type.Static) syntax.imports.push(staticImport(text, found));
    else if (found.t === Type.Meta) syntax.metas.push({ start: found.ss, end: found.se });
    else if (found.t === Type.Dynamic) {
      const dynamic: DynamicSyntax = { start: found.ss, end: found.d - 1 };
      if (found.n !== undefined) dynamic.specifier = found.n;
      syntax.dynamicImports.push(dynamic);
    } else {
      throw new LeaseholdError(
        "NotSupportedError",
        "import-phase",
        `${where.path} of ${where.unit} uses "import source" or "import defer", which no engine runs yet; use a plain import.`,
        { unit: where.unit },
      );
    }
  }
  return syntax;
}

function lex(text: string, where: { unit: string; path: string }) {
  try {
    return parse(text, "");
  } catch (error) {
    const [, position] = /:(\d+:\d+)$/.exec((error as Error).message) ?? [];
    throw new LeaseholdError(
      "LoadError",
      "syntax-error",
      `${where.path} of ${where.unit} is not a JavaScript module: it cannot be read past line ${position ?? "1:1"}. ` +
        `Check that the address serves the module itself, not a page.`,
      { unit: where.unit },
    );
  }
}

function staticImport(text: string, found: ImportSpecifier): StaticImport {
  return {
    specifier: found.n ?? "",
    statement: { start: found.ss, end: found.se },
    name: { start: found.s, end: found.e },
    isStarExport: /^export\s*\*(?!\s*as\b)/.test(text.slice(found.ss, found.s)),
  };
}
