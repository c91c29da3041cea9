import { decode } from "@jridgewell/sourcemap-codec";
import { expect } from "chai";
import { joinChunks } from "../../scripts/lib/join-chunks.js";

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

describe("the built files", () => {
  for (const name of ["leasehold.js", "components.js", "remoting.js", "marketplace.js"]) {
    it(`have a source map that leads each text of ours in ${name} to where it is written`, async () => {
      const [code, map] = await Promise.all([read(name), read(`${name}.map`)]);
      const place = placeIn(JSON.parse(map) as SourceMap);
      let count = 0;
      const misled: string[] = [];
      for (const [index, line] of code.split("\n").entries()) {
        if (line.includes("<!doctype html>")) continue;
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

  it("have remoting twice in the library with the same text, which compresses as one", async () => {
    const [code, html] = await Promise.all([read("leasehold.js"), read("frame.html")]);
    const [scope = ""] = /\(\(\)=>\{.*?return\{[\w:,$]+\}\}\)\(\);/s.exec(code) ?? [];
    expect(scope.length).to.be.above(50_000);
    expect(html).to.include(scope);
  });

  it("are complete in themselves", async () => {
    for (const name of ["leasehold.js", "components.js"]) {
      const code = (await read(name)).split("\n").filter((line) => !line.includes("<!doctype html>"));
      expect(code.join("\n"), name).not.to.match(/(?:^|[;}])import[{*"'`]|\}from["'`]/);
    }
  });
});

describe("two chunks that are joined", () => {
  const chunk = (fileName: string, code: string, imports: string[], exports: string[], mappings: string) => ({
    fileName,
    code,
    imports,
    exports,
    map: { version: 3, names: [], sources: [fileName], sourcesContent: [code], mappings },
  });
  const shared = chunk("shared.js", "var e=1,t=2;export{e as a,t};", [], ["a", "t"], "IAAI");
  const page = chunk(
    "page.js",
    'import{a as n,t}from"./shared.js";import{text as r}from"virtual:text";var e=n+t+r.length;export{e as sum};',
    ["shared.js", "virtual:text"],
    ["sum"],
    "AAAA,0EAA0E",
  );

  it("are one module, in which the first is a scope of its own", async () => {
    const { code } = joinChunks(shared as never, page as never, { "virtual:text": '{text:"four"}' });
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    try {
      expect(await import(url)).to.include({ sum: 7 });
    } finally {
      URL.revokeObjectURL(url);
    }
  });

  it("have one source map", () => {
    const { code, map } = joinChunks(shared as never, page as never, { "virtual:text": '{text:"four"}' });
    const place = placeIn(map as SourceMap);
    const lines = code.split("\n");
    const find = (text: string): [line: number, column: number] => {
      const line = lines.findIndex((each) => each.includes(text));
      return [line, (lines[line] as string).indexOf(text)];
    };
    expect(place(...find("e=1,t=2"))).to.include({ file: "shared.js" });
    expect(place(...find("e=1,t=2"))?.text).to.match(/^e=1,t=2/);
    expect(place(...find("e=n+t"))).to.include({ file: "page.js" });
  });

  it("are refused where they are not written as expected", () => {
    const other = { ...page, code: `var before;${page.code}` };
    expect(() => joinChunks(shared as never, other as never)).to.throw(/page\.js has imports/);
  });
});
