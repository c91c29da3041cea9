import { expect } from "chai";
import { parseClause } from "../../src/unit/import-clause.js";
import { parseModule } from "../../src/unit/module-syntax.js";

const parse = (source: string) => parseModule(source, { unit: "sample", path: "lib/a.js" });
const specifiers = (source: string) => parse(source).imports.map(({ specifier }) => specifier);
const names = (source: string) => parse(source).exports.map(({ name }) => name);

describe("a module's imports", () => {
  it("are found in every form", () => {
    const source = `
      import "./1.js"; import a from './2.js'; import * as b from "./3.js"; import { c, d as e, default as f } from "./4.js";
      import g, { h } from "./5.js"; import i, * as j from "./6.js"; import{k}from"./7.js"
      import {
        l, // a comment with "./not.js"
        /* import "./not.js" */ m,
      } from "./8.js"
      export * from "./9.js"; export * as n from "./10.js"; export { o, p as q, default as r } from "./11.js";
      import s from "./12.json" with { type: "json" };`;
    expect(specifiers(source)).to.deep.equal(
      [..."123456789"].map((n) => `./${n}.js`).concat("./10.js", "./11.js", "./12.json"),
    );
    expect(parse(source).imports.at(-1)!.attributes).to.equal(`{ type: "json" }`);
  });

  it("are not what only looks like one", () => {
    const source = [
      "const a = \"import './not.js'\", b = 'export * from \"./not.js\"', c = `import './not.js'`;",
      "const d = /import '.\\/not.js'/, e = 4 / 2; // import './not.js'",
      "/* import './not.js' */ const f = `${`import './not.js'`}`;",
      "const g = { import: 1, export: 2 }; g.import; g .import ; g?.import;",
      "class H { import() { return './not.js' } static import() {} }",
      "if (e) /import '.\\/not.js'/.test(a); else g.import\n/ 1 /e;",
    ].join("\n");
    expect(specifiers(source)).to.deep.equal([]);
    expect(parse(source)).to.include({ text: source }).and.to.deep.include({ dynamicImports: [], metas: [] });
  });

  it("have their escapes resolved", () => {
    expect(specifiers(String.raw`import "./\u0061\x2ejs"; import './it\'s.js'`)).to.deep.equal(["./a.js", "./it's.js"]);
  });

  it("are found behind a byte order mark and a hashbang", () => {
    expect(specifiers(`\uFEFFimport "./a.js"`)).to.deep.equal(["./a.js"]);
    expect(specifiers(`#!/usr/bin/env node\nimport "./a.js"`)).to.deep.equal(["./a.js"]);
    expect(parse(`\uFEFF#!/usr/bin/env node\nimport "./a.js"`).text).to.equal(`///usr/bin/env node\nimport "./a.js"`);
  });

  it("may be dynamic, with or without a literal", () => {
    const source = `import("./a.js"); import( './b.js' , { with: { type: "json" } }); import(\`./c.js\`); import("./" + d); import(\`./\${e}\`)`;
    const { dynamicImports, imports } = parse(source);
    expect(imports).to.deep.equal([]);
    expect(dynamicImports.map(({ specifier }) => specifier)).to.deep.equal([
      "./a.js",
      "./b.js",
      "./c.js",
      undefined,
      undefined,
    ]);
    for (const { start } of dynamicImports) expect(source.slice(start)).to.match(/^import\(/);
  });

  it("are told from import.meta", () => {
    const { metas, imports } = parse(`import.meta.url; const a = import . meta; \`\${import.meta.resolve("./b.js")}\``);
    expect([metas.length, imports.length]).to.deep.equal([3, 0]);
  });

  it("cannot be of a phase that engines do not run", () => {
    for (const source of [
      `import defer * as a from "./a.js"`,
      `import source a from "./a.wasm"`,
      `import.defer("./a.js")`,
    ]) {
      expect(() => parse(source))
        .to.throw("lib/a.js of sample")
        .with.include({ name: "NotSupportedError", code: "import-phase" });
    }
    expect(
      specifiers(`import defer from "./a.js"; import source from "./b.js"; import { defer as x } from "./c.js"`),
    ).to.have.length(3);
  });
});

describe("an import's clause", () => {
  const cases: [head: string, bindings: [string, string][], isStar?: boolean][] = [
    [`import "`, []],
    [`import {} from "`, []],
    [`import a from "`, [["default", "a"]]],
    [`import from from "`, [["default", "from"]]],
    [`import * as a from "`, [["*", "a"]]],
    [`import*as a from"`, [["*", "a"]]],
    [
      `import a, * as b from '`,
      [
        ["default", "a"],
        ["*", "b"],
      ],
    ],
    [
      `import a,{b}from"`,
      [
        ["default", "a"],
        ["b", "b"],
      ],
    ],
    [
      `import { a, b as c, default as d, } from "`,
      [
        ["a", "a"],
        ["b", "c"],
        ["default", "d"],
      ],
    ],
    [
      `import { as, as as as, from as b, as as from } from "`,
      [
        ["as", "as"],
        ["as", "as"],
        ["from", "b"],
        ["as", "from"],
      ],
    ],
    [
      `import { "a b" as c, 'd, } //e' as f } from "`,
      [
        ["a b", "c"],
        ["d, } //e", "f"],
      ],
    ],
    [
      `import { a /* , b */, // c\n d } from "`,
      [
        ["a", "a"],
        ["d", "d"],
      ],
    ],
    [
      `import/**/{$,_ as\n\u00e4}/**/from "`,
      [
        ["$", "$"],
        ["_", "ä"],
      ],
    ],
    [
      String.raw`import { \u0061b, \u{62}c as d } from "`,
      [
        ["ab", "ab"],
        ["bc", "d"],
      ],
    ],
    [`export * from "`, [], true],
    [`export*from"`, [], true],
    [`export /* a */ * // b\n from "`, [], true],
    [`export * as a from "`, [["*", "a"]]],
    [`export * as default from "`, [["*", "default"]]],
    [`export * as "a b" from "`, [["*", "a b"]]],
    [`export { default } from "`, [["default", "default"]]],
    [
      `export { default as a, b as default, "c d" as "e f" } from "`,
      [
        ["default", "a"],
        ["b", "default"],
        ["c d", "e f"],
      ],
    ],
  ];
  for (const [head, expected, isStar = false] of cases) {
    it(`is read: ${JSON.stringify(head)}`, () => {
      const bindings = expected.map(([imported, local]) => ({ imported, local }));
      expect(parseClause(head)).to.deep.equal({ bindings, isStar });
    });
  }
});

describe("a module's exports", () => {
  it("are found in every form", () => {
    expect(
      names(`export let a = 1, b = [2, 3], c; export const { d, e: f, ...g } = x, [h, , i = 1] = y;`),
    ).to.deep.equal([..."abcdfghi"]);
    expect(names(`export function a() {} export async function* b() {} export class c {}`)).to.deep.equal([..."abc"]);
    expect(names(`export { a, b as c, d as default, e as "f g" }; var a, b, d, e;`)).to.deep.equal([
      "a",
      "c",
      "default",
      "f g",
    ]);
    expect(names(`export default class A {}`)).to.deep.equal(["default"]);
    expect(names(`export * from "./a.js"; export * as b from "./b.js"; export { c as d } from "./c.js"`)).to.deep.equal(
      ["b", "d"],
    );
    expect(names(String.raw`export let \u0061b = 1`)).to.deep.equal(["ab"]);
  });

  it("know their variable, so that an export of an import is seen as such", () => {
    expect(parse(`import { a } from "./a.js"; export { a as b }; export default a`).exports).to.deep.equal([
      { name: "b", local: "a" },
      { name: "default" },
    ]);
  });
});

describe("text that is no module", () => {
  it("is refused with the place up to which it could be read", () => {
    for (const [source, place] of [
      [`const a = "\n";`, "past line 1:12"],
      [`let x = 1;\n}`, "past line 2:1"],
      [`let x = 1;\nfunction f() {`, "to its end"],
    ] as const) {
      expect(() => parse(source), source)
        .to.throw(`lib/a.js of sample is not a JavaScript module: it cannot be read ${place}`)
        .with.include({ name: "LoadError", code: "syntax-error", unit: "sample" });
    }
  });
});
