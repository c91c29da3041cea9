import { expect } from "chai";
import { linkPlan } from "../../src/unit/link-plan.js";
import type { LinkPlan, RunnableModule } from "../../src/unit/linking.js";
import type { UnitPackage } from "../../src/unit/unit-package.js";
import { plan, unit } from "../support/linked.js";

const importsOf = ({ modules }: LinkPlan, key = "index.js"): string[] =>
  (modules[key] as RunnableModule).imports.map(({ module }) => module);

describe("the plan of a unit that requires units", () => {
  it("has the modules of all, those of required ones by keys that no path of its own can be", () => {
    const made = linkPlan(unit("app", { "index.js": `import "@acme/base"; import "lib";` }, "lib", "@acme/base"), [
      unit("@acme/base", { "index.js": "", "lib/a.js": "" }),
      unit("lib", { "index.js": `import "@acme/base/lib/a.js";` }, "@acme/base"),
    ]);
    expect(Object.keys(made.modules)).to.deep.equal([
      "/@acme/base/index.js",
      "/@acme/base/lib/a.js",
      "/lib/index.js",
      "index.js",
    ]);
    expect(importsOf(made)).to.deep.equal(["/@acme/base/index.js", "/lib/index.js"]);
    expect(importsOf(made, "/lib/index.js")).to.deep.equal(["/@acme/base/lib/a.js"]);
    const { unit: name, base, entry, requires, required } = made;
    expect({ name, base, entry, requires }).to.deep.equal({
      name: "app",
      base: "unit:///app@1.0.0/",
      entry: "index.js",
      requires: ["lib", "@acme/base"],
    });
    expect(required).to.deep.equal([
      {
        unit: "@acme/base",
        base: "unit:///@acme/base@1.0.0/",
        prefix: "/@acme/base/",
        entry: "/@acme/base/index.js",
        requires: [],
        isActive: false,
      },
      {
        unit: "lib",
        base: "unit:///lib@1.0.0/",
        prefix: "/lib/",
        entry: "/lib/index.js",
        requires: ["@acme/base"],
        isActive: false,
      },
    ]);
    expect(structuredClone(made)).to.deep.equal(made);
  });

  it("says which of them have to be activated, by their own exports or by another's", () => {
    const made = linkPlan(unit("app", { "index.js": "" }, "a", "b", "c", "d"), [
      unit("a", { "index.js": "export const activate = () => {};" }),
      unit("b", { "index.js": "export { activate } from 'a';" }, "a"),
      unit("c", { "index.js": "export * from './life.js'", "life.js": "export function deactivate() {}" }),
      unit("d", { "index.js": "const activate = 1; export { activate as start };" }),
    ]);
    expect(made.required!.map(({ isActive }) => isActive)).to.deep.equal([true, true, true, false]);
  });

  it("tells the same path in two units apart", () => {
    const same = { "index.js": `import "./x.js"; import "lib/x.js"; import "./lib/x.js";`, "x.js": "", "lib/x.js": "" };
    const made = plan(same, { "index.js": `import "./x.js";`, "x.js": "", "lib/x.js": "" });
    expect(importsOf(made)).to.deep.equal(["x.js", "/lib/x.js", "lib/x.js"]);
    expect(importsOf(made, "/lib/index.js")).to.deep.equal(["/lib/x.js"]);
  });

  it("takes what stands behind a unit's name for a path in it, from where its manifest is", () => {
    const lib = { "index.js": "", "a b.js": "", "deep/x.js": "", "x.js": "", "data.json": "1" };
    const made = plan(
      {
        "sub/one.js": `import "lib/deep/../x.js"; import "lib/./deep/x.js"; import "lib/a%20b.js"; import "lib/data.json" with { type: "json" };`,
        "index.js": "",
      },
      { ...lib },
    );
    expect(importsOf(made, "sub/one.js")).to.deep.equal([
      "/lib/x.js",
      "/lib/deep/x.js",
      "/lib/a b.js",
      "/lib/data.json",
    ]);
  });

  it("takes names that objects have by themselves, or that look like other things", () => {
    for (const name of ["constructor", "tostring", "~", "-", "a.b", "index.js", "@a/b", "@a/constructor", "x~y"]) {
      const own = { "index.js": `import "${name}"; import "${name}/deep/x.js"; import "./${name}/deep/x.js";` };
      const made = plan({ ...own, [`${name}/deep/x.js`]: "" }, { "index.js": "", "deep/x.js": "" }, name);
      expect(importsOf(made)).to.deep.equal([`/${name}/index.js`, `/${name}/deep/x.js`, `${name}/deep/x.js`]);
    }
  });

  it("uses the entry that a required unit's manifest names", () => {
    const lib: UnitPackage = { ...unit("lib", { "src/main.js": "export const a = 1;", "index.js": "" }) };
    lib.manifest = { ...lib.manifest, entry: "src/main.js" };
    expect(importsOf(linkPlan(unit("app", { "index.js": `import { a } from "lib";` }, "lib"), [lib]))).to.deep.equal([
      "/lib/src/main.js",
    ]);
  });

  it("has the names that come through `export *` from other units, and where variables are", () => {
    const made = linkPlan(
      unit("app", { "index.js": `export * from "lib"; export { count as total } from "lib/count.js";` }, "lib"),
      [
        unit("base", { "index.js": "export let level = 1; export default 0;" }),
        unit(
          "lib",
          { "index.js": `export * from "./count.js"; export * from "base";`, "count.js": `export let count = 0;` },
          "base",
        ),
      ],
    );
    expect((made.modules["index.js"] as RunnableModule).exports).to.have.members(["count", "level", "total"]);
    expect(made.variables).to.deep.equal({
      count: { module: "/lib/count.js", local: "count" },
      total: { module: "/lib/count.js", local: "count" },
      level: { module: "/base/index.js", local: "level" },
    });
    expect((made.modules["/lib/count.js"] as RunnableModule).variables).to.deep.equal(["count"]);
  });

  it("may have a circle inside a required unit", () => {
    const made = plan(
      { "index.js": `export { a } from "lib";` },
      {
        "index.js": `import "./b.js"; export const a = 1;`,
        "b.js": `import { a } from "./index.js"; export const b = () => a;`,
      },
    );
    expect(importsOf(made, "/lib/b.js")).to.deep.equal(["/lib/index.js"]);
  });
});
