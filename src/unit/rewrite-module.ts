import type { RunnableModule } from "./linking.js";
import type { ModuleSyntax, Range, StaticImport } from "./module-syntax.js";

/** A piece of text and what takes its place. */
type Edit = Range & { by: string };

/**
 * Takes a module's imports out of its text, so that it can be given others.
 *
 * 1. An import statement is blanked where it stands, and repeated behind the last line. What remains keeps its line and
 *    column, so stack traces and source maps stay right.
 * 2. `import.meta` and the `import` of `import(…)` become variables with names of the same length.
 * 3. An `export *` is written out as the names it stands for. Two ways to one variable are no conflict in the language,
 *    but would be here, as soon as one of them leads through a copy of the variable (see the guest's `Cycles`).
 *
 * @param targets the path of the module that each import leads to
 * @param starNames the names that each `export *` stands for
 */
export function rewriteModule(
  syntax: ModuleSyntax,
  targets: readonly string[],
  starNames: readonly string[][],
): Omit<RunnableModule, "exports"> {
  const { text, imports, dynamicImports, metas } = syntax;
  const needsScope = metas.length > 0 || dynamicImports.length > 0;
  const scope = needsScope && { meta: freeName("$lease_meta", text), load: freeName("$lease", text) };
  const body = replaceRanges(text, [
    ...imports.map(({ statement }) => ({
      ...statement,
      by: blankStatement(text.slice(statement.start, statement.end)),
    })),
    ...(scope ? scopeEdits(syntax, scope) : []),
  ]);
  const stars = starNames.values();
  const linked = imports.map((statement, index) => {
    const names = statement.isStar ? (stars.next().value as string[]) : undefined;
    return { ...statementAround(statement, text, names), module: targets[index] as string };
  });
  return { body, imports: linked, ...(scope && { scope }) };
}

function scopeEdits({ text, metas, dynamicImports }: ModuleSyntax, scope: { meta: string; load: string }): Edit[] {
  return [
    ...metas.map(({ start, end }) => ({ start, end, by: fill(scope.meta, text.slice(start, end)) })),
    ...dynamicImports.map(({ start }) => ({ start, end: start + "import".length, by: scope.load })),
  ];
}

function statementAround({ statement, name }: StaticImport, text: string, starNames?: string[]) {
  if (starNames?.length === 0) return { before: `\nimport "`, after: `";` };
  if (starNames)
    return { before: `\nexport { ${starNames.map((each) => JSON.stringify(each)).join(", ")} } from "`, after: `";` };
  // What stands before the specifier ends in its opening quote; attributes after it are not needed.
  return { before: `\n${text.slice(statement.start, name.start)}`, after: `${text[name.start - 1] ?? ""};` };
}

function replaceRanges(text: string, edits: Edit[]): string {
  let result = "";
  let from = 0;
  for (const { start, end, by } of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(from, start) + by;
    from = end;
  }
  return result + text.slice(from);
}

/** The semicolon ends whatever stood before, as the import did. */
function blankStatement(statement: string): string {
  return `;${blank(statement.slice(1))}`;
}

/** The word in place of a longer text, on whose last line it leaves everything behind it where it was. */
function fill(word: string, text: string): string {
  const lineEnd = text.search(/[\n\r\u2028\u2029]/);
  return lineEnd < 0 ? word.padEnd(text.length) : word + blank(text.slice(lineEnd));
}

function blank(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, " ");
}

/** A name of the same length as the given one that the text does not have. */
function freeName(name: string, text: string): string {
  let free = name;
  for (let count = 0; text.includes(free); count++) free = name.slice(0, -String(count).length) + count;
  return free;
}
