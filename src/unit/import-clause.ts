/** One name that a statement takes out of another module. */
export interface Binding {
  /** As the other module calls it: "default", or "*" for its namespace. */
  imported: string;
  /** As this module calls it: the variable of an import, the exported name of an `export … from`. */
  local: string;
}

/** What stands between the keyword and the specifier of an import, or of an export from elsewhere. */
export interface ImportClause {
  bindings: Binding[];
  /** `export * from`: all names but "default". */
  isStar: boolean;
}

const TOKEN =
  /\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{},*]|(?:\\u\{[^}]*\}|[^\s{},*"'/])+/g;

/** Reads a statement's text up to its specifier, e.g. `import fallback, { a as b } from "`. */
export function parseClause(head: string): ImportClause {
  const tokens = (head.match(TOKEN) ?? []).filter((token) => !/^\/[/*]/.test(token)).slice(1);
  const bindings: Binding[] = [];
  let isStar = false;
  let isInBraces = false;
  let item: string[] = [];
  const finish = (): void => {
    const [imported = "", , local = imported] = item;
    if (imported === "*" && item.length < 3) isStar = true;
    else if (item.length > 1 || isInBraces) bindings.push({ imported: nameOf(imported), local: nameOf(local) });
    else bindings.push({ imported: "default", local: nameOf(imported) });
    item = [];
  };
  // The last is `from`, except where a module is imported for its effect alone.
  for (const token of tokens.slice(0, -1)) {
    if ((token === "," || token === "}") && item.length > 0) finish();
    if (token === "{" || token === "}") isInBraces = token === "{";
    else if (token !== ",") item.push(token);
  }
  if (item.length > 0) finish();
  return { bindings, isStar };
}

/** The name that is written in source text with its escapes. */
export function unescapeName(source: string): string {
  return source.replace(/\\u(?:\{0*([\da-f]{1,5}|10[\da-f]{4})\}|([\da-f]{4}))/gi, (_, braced: string, four: string) =>
    String.fromCodePoint(Number.parseInt(braced ?? four, 16)),
  );
}

function nameOf(token: string): string {
  return unescapeName(/^["']/.test(token) ? token.slice(1, -1) : token);
}
