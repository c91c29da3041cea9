import * as acorn from "acorn";
import { expect } from "chai";
import fc from "fast-check";
import * as lean from "virtual:lean-acorn";
import { rounds } from "../support/rounds.js";

type Acorn = typeof lean;
/** Its types say less than it exports. */
const whole = acorn as unknown as Acorn;

/** As the builder asks for it. */
const options = { ecmaVersion: "latest", sourceType: "module", allowHashBang: false } as const;

/** What a parser makes of a text: its tree, or where it stopped, and why. */
function read({ parse }: Acorn, text: string): { tree: string } | { position: number; fault: string } {
  try {
    return { tree: JSON.stringify(parse(text, options), plain) };
  } catch (error) {
    const { pos, message } = error as Error & { pos: number };
    return { position: pos, fault: message };
  }
}

const plain = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" || value instanceof RegExp ? String(value) : value;

function expectSame(text: string): void {
  expect(read(lean, text), text).to.deep.equal(read(whole, text));
}

const pieces =
  "a|é|𐐀|\\u{61}|\\u0062|\\u{1F600}|😀|b\u200d|1|1_0|0x1g|08|.5|1n|'c'|\"d\"|'\\u{110000}'|`|${|}|{|(|)|[|]|;|,|.|?.|?|:|??|=>|=|==|+=|++|**|<!--|" +
  "#e|@|...|\n|\u2028|/* f */|//|/g/u|/(/|/[/]/v|in|of|async|await|yield|let|const|var|using|function|class|static|get|set|extends|super|" +
  "new|new.target|import|import.meta|export|default|from|as|with|return|if|else|for|while|do|break|continue|switch|case|try|catch|" +
  "finally|throw|typeof|void|delete|this|null|true|enum|eval|arguments|debugger|a:|constructor|__proto__|\\|#!";
const scraps = fc
  .array(fc.constantFrom(...pieces.split("|"), " ", "|", "||"), { maxLength: 14 })
  .map((each) => each.join(" "));

/** Of a regular expression between slashes, with what follows it. */
const regularExpressions = [
  "/a(b)/g /(?<a>.)\\k<a>/ /[a-z&&[^b]]/v /\\p{Script=Greek}/u /(?i:a)/ /(?<a>.)|(?<a>.)/ /(?<!a)b/s /\\u{61}/u /[/]/ /{1}/ /]/",
  "/(/ /a**/ /[b-a]/ /a{2,1}/ /\\p{Foo}/u /(?<a>.)(?<a>.)/ /\\k<b>/u /(?:/ /+/ /]/u /\\-/u /[[a]/v /\\u{110000}/u",
  "/a/gg /a/x /a/uv /a/G /a/\\u0067",
].flatMap((line) => line.split(" "));

/** Letters that one version of Unicode may add: the most that any did since the first ones. */
const MOST_NEW = 10_000;

/** What an engine knows for something that a name may have: a letter, a mark, a digit or a connection. */
const isKnown = /\p{L}|\p{M}|\p{Nd}|\p{Nl}|\p{Pc}/u;

describe("the parser of the built files", () => {
  it("takes every character for what the whole one does, as far as the engine knows it", () => {
    for (const name of ["isIdentifierStart", "isIdentifierChar"] as const) {
      const other: string[] = [];
      let newer = 0;
      for (let code = 0; code <= 0x10ffff; code++) {
        const [ours, theirs] = [lean[name](code, true), whole[name](code, true)];
        // Acorn's tables may be newer than the engine's, or older.
        if (ours && !theirs) newer++;
        if (theirs && !ours && isKnown.test(String.fromCodePoint(code))) other.push(code.toString(16));
      }
      expect(other, name).to.be.empty;
      expect(newer, name).to.be.below(MOST_NEW);
    }
  });

  it("makes the same of its own source as the whole one", async () => {
    const text = await (await fetch(new URL("/node_modules/acorn/dist/acorn.mjs", location.href))).text();
    expect(text).to.include("parseTopLevel");
    expectSame(text);
  });

  it("makes the same of any text as the whole one, to the place of the error", () => {
    const withoutExpressions = scraps.filter((text) => !text.includes("/"));
    fc.assert(fc.property(withoutExpressions, expectSame), { numRuns: rounds(20_000) });
  });

  for (const expression of regularExpressions) {
    it(`judges ${expression} as the whole one does, and at the same place`, () => {
      const text = `let a = ${expression};`;
      const [one, other] = [read(lean, text), read(whole, text)];
      if ("tree" in other) expect(one).to.deep.equal(other);
      else expect(one).to.include({ position: other.position }).and.to.have.property("fault");
    });
  }
});
