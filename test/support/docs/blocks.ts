/** A block of code in a document. */
export interface Block {
  /** As the fence says it; empty where it says none. */
  language: string;
  code: string;
  /** Of its first line in the document. */
  line: number;
  /** Name of the file that it is, where it begins with "// name.js". */
  file: string | undefined;
  /** Whether the document says why it is not run, in a comment before it: `<!-- not run: why -->`. */
  isExcused: boolean;
}

const fences = /(<!-- not run: \S.* -->\n+)?^```(\w*).*\n([^]*?)^```$/gm;
/** What a script writes into docs/hosting.md, which is compared with what it would write now. */
const generated = /<!-- npm run hosting -->\n[^]*?<!-- \/npm run hosting -->/g;

/**
 * The blocks of a document, but those that a script has written into it.
 * @throws where there is a block that it does not see
 */
export function blocksOf(markdown: string): Block[] {
  const written = markdown.replace(generated, (text) => text.replace(/.+/g, ""));
  const blocks = [...written.matchAll(fences)].map(({ index, 0: text, 1: excuse, 2: language = "", 3: code = "" }) => ({
    language,
    code,
    line: written.slice(0, index + text.indexOf("```")).split("\n").length + 1,
    file: /^\/\/ (\S+\.js)\n/.exec(code)?.[1],
    isExcused: excuse !== undefined,
  }));
  if ((written.match(/^[ >\t]*(```|~~~)/gm)?.length ?? 0) !== 2 * blocks.length)
    throw new Error("A block is indented, not closed, or fenced by something else than ```.");
  return blocks;
}
