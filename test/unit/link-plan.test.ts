import { expect } from "chai";
import type { LeaseholdError } from "../../src/errors.js";
import { linkPlan } from "../../src/unit/link-plan.js";
import type { FaultyModule, LinkPlan, RunnableModule } from "../../src/unit/linking.js";
import type { UnitManifest } from "../../src/unit/manifest.js";

const plan = (modules: Record<string, string>, manifest: Partial<UnitManifest> = {}) =>
  linkPlan({ manifest: { name: "sample", version: "1.0.0", ...manifest }, modules });

const runnable = ({ modules }: LinkPlan, path: string) => modules[path] as RunnableModule;

function failure(modules: Record<string, string>, manifest?: Partial<UnitManifest>): LeaseholdError {
  try {
    plan(modules, manifest);
  } catch (error) {
    expect(error).to.include({ unit: "sample" });
    return error as LeaseholdError;
  }
  throw new Error("It was planned.");
}

describe("the plan of a unit", () => {
  it("names every module's imports by path, and its exports", () => {
    const made = plan({
      "index.js": `import { parse as p } from "./lib/parse.js"; export { p }; export default 1;`,
      "lib/parse.js": `import data from "../data.json"; export const parse = data; export * from "./more.js";`,
      "lib/more.js": `export class More {}`,
      "data.json": `{ "a": 1 }`,
    });
    const { modules, ...rest } = made;
    expect(rest).to.deep.equal({ unit: "sample", base: "unit:///sample@1.0.0/", entry: "index.js" });
    const shapes = Object.keys(modules).map((path) => {
      const { imports, exports } = runnable(made, path);
      return [path, imports.map(({ module }) => module), exports];
    });
    expect(shapes).to.deep.equal([
      ["index.js", ["lib/parse.js"], ["p", "default"]],
      ["lib/parse.js", ["data.json", "lib/more.js"], ["parse", "More"]],
      ["lib/more.js", [], ["More"]],
      ["data.json", [], ["default"]],
    ]);
  });

  it("is data that can be sent", () => {
    const made = plan({
      "index.js": `import "./__proto__"`,
      ...JSON.parse(`{ "__proto__": "export {}", "constructor": "" }`),
    });
    expect(structuredClone(made)).to.deep.equal(made);
    expect(Object.keys(made.modules)).to.deep.equal(["index.js", "__proto__", "constructor"]);
  });

  it("keeps the text of a JSON module whatever is in it", () => {
    for (const value of ["`${x}`", "\u2028\u2029", "</script>", { __proto__: 1 }, 'a "b" \\ c', -0.5e-7, null]) {
      const text = JSON.stringify(value);
      for (const json of [text, `\uFEFF${text}`, ` ${text}\r\n`]) {
        const { body } = runnable(plan({ "index.js": "", "a.json": json }), "a.json");
        expect(new Function(body.replace("export default", "return"))()).to.deep.equal(JSON.parse(text));
      }
    }
  });
});

describe("a module that the entry does not need", () => {
  const faults = (modules: Record<string, string>) =>
    Object.entries(plan(modules).modules).flatMap(([path, module]) =>
      "fault" in module ? [[path, (module as FaultyModule).fault.code]] : [],
    );

  it("may have a fault, which goes with the plan", () => {
    const modules = {
      "index.js": `import("./late.js"); import("./node.js"); import "./fine.js"`,
      "late.js": `import "./later.js"; import { x } from "./broken.js"`,
      "later.js": `import "./gone.js"`,
      "broken.js": `}`,
      "names.js": `import { x } from "./fine.js"`,
      "node.js": `import fs from "node:fs"`,
      "data.json": `nope`,
      "fine.js": `import("./gone.js")`,
    };
    expect(faults(modules)).to.deep.equal([
      ["late.js", "module-not-found"],
      ["later.js", "module-not-found"],
      ["broken.js", "syntax-error"],
      ["names.js", "export-missing"],
      ["node.js", "import-unresolved"],
      ["data.json", "json-invalid"],
    ]);
    expect((plan(modules).modules["late.js"] as FaultyModule).fault.message).to.include("gone.js, wanted by later.js");
  });

  it("has the faults of all that it imports, round in a circle too", () => {
    const circle = { "a.js": `import "./b.js"`, "b.js": `import "./c.js"`, "c.js": `import "./a.js"; import "lodash"` };
    expect(faults({ "index.js": "", ...circle })).to.have.length(3);
  });
});

describe("a plan that cannot be made", () => {
  const cases: [
    what: string,
    code: string,
    modules: Record<string, string>,
    words: string[],
    manifest?: Partial<UnitManifest>,
  ][] = [
    ["no entry", "module-not-found", { "a.js": "", "b.js": "" }, ["index.js", "the manifest", "a.js, b.js"]],
    ["no module at all", "module-not-found", {}, ["index.js", "none"]],
    ["an entry that is elsewhere", "module-not-found", { "index.js": "" }, ["lib/main.js"], { entry: "lib/main.js" }],
    ["an entry like toString", "module-not-found", { "index.js": "" }, ["toString"], { entry: "toString" }],
    [
      "an import of what is not there",
      "module-not-found",
      { "index.js": `import "./lib/a.js"` },
      ["lib/a.js", "wanted by index.js"],
    ],
    [
      "an import of a prototype's member",
      "module-not-found",
      { "index.js": `import "./constructor"` },
      ["constructor"],
    ],
    [
      "an import of a package",
      "import-unresolved",
      { "index.js": `import _ from "lodash"` },
      ["index.js", `"lodash"`, "a package; bundle it"],
    ],
    ["a scoped package", "import-unresolved", { "index.js": `export * from "@lit/task"` }, ["a package"]],
    [
      "an absolute address",
      "import-unresolved",
      { "index.js": `import "https://a.example/b.js"` },
      ["an address; a unit runs only its own"],
    ],
    ["a Blob URL", "import-unresolved", { "index.js": `import "blob:null/x"` }, ["an address"]],
    ["an absolute path", "import-unresolved", { "index.js": `import "/b.js"` }, ["an address"]],
    [
      "an import that leaves the unit",
      "import-unresolved",
      { "index.js": `import "../b.js"` },
      [`"../b.js"`, "no file inside the unit"],
    ],
    ["an encoded one", "import-unresolved", { "index.js": `import "./%2e%2e/b.js"` }, ["no file inside the unit"]],
    ["an import of a folder", "import-unresolved", { "index.js": `import "./lib/"` }, ["no file inside the unit"]],
    [
      "JSON that is none",
      "json-invalid",
      { "index.js": `import "./a.json"`, "a.json": "{ a: 1 }" },
      ["a.json of sample is not JSON"],
    ],
    ["an empty JSON file", "json-invalid", { "index.js": `import "./a.json"`, "a.json": "" }, ["a.json"]],
    [
      "a missing export",
      "export-missing",
      { "index.js": `import { x } from "./a.js"`, "a.js": `export let y, z` },
      ["index.js of sample", `"x" from a.js`, "y, z"],
    ],
    [
      "a missing default",
      "export-missing",
      { "index.js": `import x from "./a.js"`, "a.js": `` },
      [`"default" from a.js`, "exports nothing"],
    ],
    [
      "a re-export of what is missing",
      "export-missing",
      { "index.js": `export { x as y } from "./a.js"`, "a.js": `` },
      [`"x" from a.js`],
    ],
    [
      "an export that leads in a circle",
      "export-missing",
      { "index.js": `export { x } from "./a.js"`, "a.js": `export { x } from "./index.js"` },
      [`"x"`],
    ],
    [
      "a name of two meanings",
      "export-missing",
      {
        "index.js": `import { x } from "./a.js"`,
        "a.js": `export * from "./b.js"; export * from "./c.js"`,
        "b.js": `export let x`,
        "c.js": `export let x`,
      },
      [`"x" from a.js`],
    ],
    [
      "a name out of JSON",
      "export-missing",
      { "index.js": `import { x } from "./a.json"`, "a.json": `{ "x": 1 }` },
      [`"x" from a.json`, "default"],
    ],
    [
      "text that is no module",
      "syntax-error",
      { "index.js": `import "./a.js"`, "a.js": `function (` },
      ["a.js of sample", "to its end"],
    ],
  ];
  for (const [what, code, modules, words, manifest] of cases) {
    it(`says why, of ${what}`, () => {
      const error = failure(modules, manifest);
      expect(error).to.include({ name: "LoadError", code });
      for (const word of words) expect(error.message).to.include(word);
    });
  }

  it("says which import attributes there are", () => {
    for (const attributes of [`{ type: "css" }`, `{ type: "json", lazy: "yes" }`, `{ lazy: "yes" }`]) {
      const error = failure({ "index.js": `import a from "./a.json" with ${attributes}`, "a.json": "{}" });
      expect(error).to.include({ name: "NotSupportedError", code: "import-attributes" });
      expect(error.message).to.include(attributes).and.to.include(`{ type: "json" }`);
    }
    expect(failure({ "index.js": `import a from "./a.js" with { type: "json" }`, "a.js": "{}" }).message).to.include(
      ".json",
    );
    for (const attributes of [
      `{}`,
      `{type:"json"}`,
      `{ 'type': 'json', }`,
      `{ /* so */ "type" : "json" // it is\n }`,
    ]) {
      plan({ "index.js": `import a from "./a.json" with ${attributes}`, "a.json": "{}" });
    }
  });

  it("lists of many modules only some", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`m${index}.js`, ""]));
    expect(failure(many).message).to.include("m11.js and 488 more").and.to.have.length.below(300);
  });
});
