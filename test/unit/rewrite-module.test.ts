import { expect } from "chai";
import fc from "fast-check";
import { parseModule } from "../../src/unit/module-syntax.js";
import { rewriteModule } from "../../src/unit/rewrite-module.js";

function rewrite(source: string, starNames: string[][] = []) {
  const syntax = parseModule(source, { unit: "sample", path: "a.js" });
  return rewriteModule(
    syntax,
    syntax.imports.map(({ specifier }) => specifier),
    starNames,
  );
}

/** Where each word of a text stands. */
function places(text: string): Map<string, string> {
  const found = new Map<string, string>();
  text.split(/\r\n|[\n\r\u2028\u2029]/).forEach((line, index) => {
    for (const { 0: word, index: column } of line.matchAll(/keep\d+/g)) found.set(word, `${index + 1}:${column + 1}`);
  });
  return found;
}

const statements = [
  `import "./x.js"`,
  `import a from './x.js';`,
  `import {\n  a,\r\n  b as c, // with a comment\n} from "./x.js"`,
  `import * as ns from "./x.json" with {\n type: "json" };`,
  `export * as ns from "./x.js";`,
  `export {\u2028 default as y }\u2029from "./x.js"`,
  `import.meta.url;`,
  `import\n.\n  meta.url;`,
  `import("./x.js");`,
  `import (\n"./" + x);`,
  "`${import.meta.url} ${import('./x.js')}`;",
  `/* import "./not.js" */`,
  `// import "./not.js"`,
  `f(/import "x"/, "import 'x'");`,
];

describe("a rewritten module", () => {
  it("keeps every word on its line and in its column", () => {
    const separators = fc.constantFrom("\n", "\n\n", "\r\n", "\t\n  ", ";\n");
    const lines = fc.array(fc.tuple(fc.constantFrom(...statements), separators, fc.boolean()), { maxLength: 12 });
    fc.assert(
      fc.property(lines, (parts) => {
        const source = parts
          .map(([statement, separator, onSameLine], index) => {
            const isComment = statement.startsWith("//");
            return `${statement}${onSameLine && !isComment ? "; " : separator}keep${index};`;
          })
          .join("");
        const { body } = rewrite(source);
        expect(body).to.have.length.at.least(source.length);
        expect(places(body)).to.deep.equal(places(source));
        expect(body.split("\n").length).to.equal(source.split("\n").length);
      }),
    );
  });

  it("is the same, character by character, where it has no imports", () => {
    const source = `#!/usr/bin/env node\nconst s = "import 'x'"; // import "y"\n\`\${s}\`\n//# sourceMappingURL=data:application/json,{}`;
    expect(rewrite(source)).to.deep.equal({ body: source.replace("#!", "//"), imports: [] });
  });

  it("has the imports behind it, in their order and in their words", () => {
    const source = `import a, { b as c } from './1.js'; keep0; export * as d from "./2.js" with {};import "./3.json" with { type: "json" }`;
    const { body, imports } = rewrite(source);
    expect(imports).to.deep.equal([
      { before: `\nimport a, { b as c } from '`, module: "./1.js", after: `';` },
      { before: `\nexport * as d from "`, module: "./2.js", after: `";` },
      { before: `\nimport "`, module: "./3.json", after: `";` },
    ]);
    expect(body.trim()).to.match(/^;\s+; keep0; ;\s+;;$/);
  });

  it("says what its export * stands for", () => {
    const { imports } = rewrite(`export * from "./1.js"; import "./2.js"; export * from "./3.js"`, [["a", "b c"], []]);
    expect(imports.map(({ before, module, after }) => before + module + after)).to.deep.equal([
      `\nexport { "a", "b c" } from "./1.js";`,
      `\nimport "./2.js";`,
      `\nimport "./3.js";`,
    ]);
  });

  it("ends what stood before an import, as the import did", () => {
    expect(rewrite(`let a = b\nimport "./x.js"\n(c)`).body).to.match(/^let a = b\n; +\n\(c\)$/);
    expect(rewrite(`let a = b\nimport "./x.js"\n/c/g.test(d)`).body).to.match(/^let a = b\n; +\n\/c\/g\.test\(d\)$/);
    expect(rewrite(`a++\nimport "./x.js"\n++b`).body).to.match(/^a\+\+\n; +\n\+\+b$/);
  });

  it("has names of its own for import.meta and import, of the same length", () => {
    expect(rewrite(`import.meta.url + import("./x.js") + import . meta.url`)).to.deep.equal({
      body: `$lease_meta.url + $lease("./x.js") + $lease_meta  .url`,
      imports: [],
      scope: { meta: "$lease_meta", load: "$lease" },
    });
    const { body, scope } = rewrite(`let $lease = 1, $leas0, $lease_meta; import.meta; import("./x.js")`);
    expect(scope).to.deep.equal({ meta: "$lease_met0", load: "$leas1" });
    expect(body).to.equal(`let $lease = 1, $leas0, $lease_meta; $lease_met0; $leas1("./x.js")`);
  });
});
