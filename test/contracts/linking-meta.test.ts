import { expect } from "chai";
import { engine } from "../support/engine.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import type { Modules } from "./linking-outcome.js";

const base = "unit:///@scope/sample@1.0.0-beta+7/";

inEveryIsolation("a module's place", ({ host, isolation }) => {
  const use = async <T extends object>(modules: Modules, body: (exports: T) => unknown) => {
    const manifest = { name: "@scope/sample", version: "1.0.0-beta+7" };
    const unit = await host().load<T>({ manifest, modules }, { isolation });
    try {
      await body(unit.exports as T);
    } finally {
      await unit.unload({ mode: "force" });
    }
  };

  it("is what import.meta says of it", async () => {
    const meta = `[import.meta.url, import.meta.resolve("./x.js"), import.meta.resolve("../y z.js"), new URL("./x.js?q#h", import.meta.url).href, import . meta.url, import.meta === import.meta]`;
    const modules = {
      "index.js": `import { inner } from "./lib/in ner/ä.js"; export const own = () => ${meta}; export { inner };`,
      "lib/in ner/ä.js": `export const inner = () => ${meta};`,
    };
    await use<{ own(): unknown; inner(): unknown }>(modules, async ({ own, inner }) => {
      expect(await own()).to.deep.equal([
        `${base}index.js`,
        `${base}x.js`,
        "unit:///@scope/y%20z.js",
        `${base}x.js?q#h`,
        `${base}index.js`,
        true,
      ]);
      const folder = `${base}lib/in%20ner/`;
      const url = `${folder}%C3%A4.js`;
      expect(await inner()).to.deep.equal([
        url,
        `${folder}x.js`,
        `${base}lib/y%20z.js`,
        `${folder}x.js?q#h`,
        url,
        true,
      ]);
    });
  });

  it("does not make import.meta.resolve take the names of packages", async () => {
    const modules = {
      "index.js": `export const resolve = (specifier) => import.meta.resolve(specifier); export const keys = () => [Object.keys(import.meta), import.meta.name ??= "mine", import.meta.name];`,
    };
    await use<{ resolve(specifier: string): Promise<string>; keys(): Promise<unknown> }>(
      modules,
      async ({ resolve, keys }) => {
        expect(await resolve("https://a.example/b.js")).to.equal("https://a.example/b.js");
        expect(await resolve("/b.js")).to.equal("unit:///b.js");
        expect(await Promise.resolve(resolve("lodash")).catch((error: Error) => error.name)).to.equal("TypeError");
        expect(await keys()).to.deep.equal([["url", "resolve"], "mine", "mine"]);
      },
    );
  });

  // Every "//<" marks the place before it: a call of here() has to say that line and column.
  const marked: Record<string, string> = {
    "after imports of several lines": `import {\n  a,\n  b as c,\n} from "./lib/a.js"; const one = here(); //<\nimport * as ns from './lib/a.js'\nexport const two = [a, c, ns.a, here()]; //<\n  export { places }; const three = () => { here() }; three(); //<`,
    "in a minified line that begins with imports": `import{a as e,b as t}from"./lib/a.js";import*as n from"./lib/a.js";const r=here();//<\nexport{places};export const o=[e,t,n.a,import.meta.url,()=>import("./lib/a.js"),here()];//<`,
    "behind a hashbang, comments and Windows line ends": `#!/usr/bin/env node\r\n/* import "./not.js"\r\n */ import { a } from "./lib/a.js"; a; here(); //<\r\n\texport { places };\r\n\r\n\there(); //<`,
    "behind a byte order mark": `\uFEFFimport { a } from "./lib/a.js"; export { places }; a; here(); //<`,
    "after import.meta over two lines": `import { a } from "./lib/a.js"; export { places };\nconst url = import\n  .meta.url; a, url; here(); //<`,
    "before a source map": `import { a } from "./lib/a.js"; export { places };\na; here(); //<\n//# sourceMappingURL=data:application/json;base64,e30=`,
    "before another sourceURL": `import { a } from "./lib/a.js"; export { places };\na; here(); //<\n//# sourceURL=other.js`,
  };
  const library = `; var found; function here() { (found ??= []).push(new Error().stack.split("\\n").filter((line) => /:\\d+:\\d+/.test(line))[1].match(/(?:unit|blob):.*?:\\d+:\\d+/)[0]); return 0 } function places() { return found }`;

  for (const [what, text] of Object.entries(marked)) {
    it(`is told by an error's stack, ${what}`, async () => {
      const expected = text
        .replace("\uFEFF", "")
        .split(/\r?\n/)
        .flatMap((line, index) => {
          const column = line.lastIndexOf("here(", line.indexOf("//<"));
          return line.includes("//<") ? [`${base}lib/main.js:${index + 1}:${column + 1}`] : [];
        });
      // The functions stand on the last line, where they move nothing.
      const at = text.search(/\n\/\/# source/);
      const source = at < 0 ? text + `\n${library}` : `${text.slice(0, at)}\n${library}${text.slice(at)}`;
      const modules = {
        "index.js": `export { places } from "./lib/main.js";`,
        "lib/main.js": source,
        "lib/lib/a.js": `export let a = 1, b = 2;`,
      };
      // WebKit has its own name for a Blob, and counts to the end of what is called.
      const inWebKit = expected.map((place) =>
        place.replace(/.*?(\d+):(\d+)$/, (_, line, column) => `${line}:${Number(column) + "here".length}`),
      );
      await use<{ places(): Promise<string[]> }>(modules, async ({ places }) => {
        const found = await places();
        if (engine === "webkit") expect(found.map((place) => /\d+:\d+$/.exec(place)?.[0])).to.deep.equal(inWebKit);
        else expect(found).to.deep.equal(expected);
      });
    });
  }
});
