import { decode } from "@jridgewell/sourcemap-codec";
import { expect } from "chai";
import { parse } from "es-module-lexer/minimal/js";

interface SourceMap {
  sources: string[];
  sourcesContent: string[];
  mappings: string;
}

const read = async (name: string): Promise<string> => (await fetch(`/dist/${name}`)).text();

/** The source line that a place in a built file is from, from there on; undefined where nobody wrote it. */
function placeIn({ sources, sourcesContent, mappings }: SourceMap) {
  const lines = decode(mappings);
  return (line: number, column: number) => {
    const segment = lines[line]?.findLast(([start]) => start <= column);
    const [, source, sourceLine, sourceColumn] = segment ?? [];
    if (source === undefined || sourceLine === undefined) return undefined;
    const text = sourcesContent[source]?.split("\n")[sourceLine]?.slice(sourceColumn);
    return { file: sources[source] as string, text: text ?? "" };
  };
}

/** What the lexer calls what is no static import. */
const [dynamicImport, importMeta] = [2, 3];

describe("the built files", () => {
  const mapped = ["leasehold.js", "components.js", "remoting.js", "marketplace.js"];
  for (const name of mapped) {
    it(`have a source map that leads each text of ours in ${name} to where it is written`, async () => {
      const [code, map] = await Promise.all([read(name), read(`${name}.map`)]);
      const place = placeIn(JSON.parse(map) as SourceMap);
      let count = 0;
      const misled: string[] = [];
      for (const [index, line] of code.split("\n").entries()) {
        for (const { index: column, 1: text = "" } of line.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)) {
          const found = place(index, column);
          if (!found?.file.includes("/src/")) continue;
          count++;
          if (!found.text.slice(1).startsWith(text)) misled.push(`${text}: ${found.file}`);
        }
      }
      expect(count).to.be.above(10);
      expect(misled).to.be.empty;
    });
  }

  it("are complete in themselves", async () => {
    for (const name of [...mapped, "services.js", "unit.js"]) {
      const [imports] = parse(await read(name));
      expect(
        imports.filter(({ t }) => t !== dynamicImport && t !== importMeta),
        name,
      ).to.be.empty;
    }
  });
});
