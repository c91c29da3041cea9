/** A piece of source text: white space with the comments in it, a string, a template, a regular expression, a word, or a sign. */
export interface Token {
  text: string;
  end: number;
  isSpace: boolean;
}

const SPACE = /(?:\s|\/\/.*|\/\*[^]*?\*\/)+/y;
const EXPRESSION = /\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/\w*/y;
const OTHER = /"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|[#@]?[\w$\p{ID_Continue}]+|=>|\.\.\.|\+\+|--|[^]/uy;

/** What a value ends with: a slash behind it divides. */
const VALUE = /(?:[\w$\p{ID_Continue})\]"'`]|\+\+|--)$/u;
const KEYWORD = /^(?:return|typeof|case|in|of|new|delete|void|instanceof|await|yield|do|else|throw)$/;

/** Takes source text that an engine has accepted apart, as far as brackets and commas have to be told from what looks like them. */
export function* tokensOf(source: string, from = 0): Generator<Token> {
  let before = "";
  for (let at = from; at < source.length;) {
    const spaceEnd = match(SPACE, source, at);
    const end = spaceEnd ?? endOfToken(source, at, KEYWORD.test(before) || !VALUE.test(before));
    const text = source.slice(at, end);
    if (spaceEnd === undefined) before = text;
    yield { text, end, isSpace: spaceEnd !== undefined };
    at = end;
  }
}

/** How much deeper inside of brackets one is behind a token. */
export function nesting(token: string): number {
  return /^[([{]$/.test(token) ? 1 : /^[)\]}]$/.test(token) ? -1 : 0;
}

function endOfToken(source: string, at: number, mayBeExpression: boolean): number {
  if (source[at] === "`") return endOfTemplate(source, at + 1);
  const expressionEnd = mayBeExpression && source[at] === "/" ? match(EXPRESSION, source, at) : undefined;
  return expressionEnd ?? match(OTHER, source, at) ?? at + 1;
}

function endOfTemplate(source: string, from: number): number {
  let at = from;
  while (at < source.length && source[at] !== "`") {
    if (source.startsWith("${", at)) at = endOfBrackets(source, at + 1);
    else at += source[at] === "\\" ? 2 : 1;
  }
  return at + 1;
}

function endOfBrackets(source: string, from: number): number {
  let depth = 0;
  for (const { text, end } of tokensOf(source, from)) {
    depth += nesting(text);
    if (depth === 0) return end;
  }
  return source.length;
}

function match(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : undefined;
}
