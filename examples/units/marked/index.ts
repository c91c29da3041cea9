/**
 * Markdown to HTML, with marked. GitHub's dialect by default.
 *
 * The HTML is not sanitised: raw HTML in the source passes through, so show it where no script can run.
 */
import { Marked, type Token } from "marked";

export interface RenderOptions {
  /** GitHub's tables, task lists and strikethrough. Default true. */
  gfm?: boolean;
  /** A single line break becomes a `<br>`. Default false. */
  breaks?: boolean;
}

export interface Heading {
  /** 1 for `#` to 6 for `######`. */
  depth: number;
  /** The heading without its markup. */
  text: string;
}

const marked = new Marked();

/** The document as HTML. */
export function render(markdown: string, { gfm = true, breaks = false }: RenderOptions = {}): string {
  return marked.parse(markdown, { async: false, gfm, breaks });
}

/** Every heading in document order, those inside quotes and lists too. */
export function outline(markdown: string): Heading[] {
  const headings: Heading[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (isHeading(token)) headings.push({ depth: token.depth, text: textOf(token.tokens) });
  });
  return headings;
}

type HeadingToken = Extract<Token, { depth: number }> & { tokens: Token[] };

function isHeading(token: Token): token is HeadingToken {
  return token.type === "heading";
}

function textOf(tokens: Token[]): string {
  const parser = new marked.Parser();
  return parser.parseInline(tokens, parser.textRenderer);
}
