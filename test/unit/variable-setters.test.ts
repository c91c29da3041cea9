import { expect } from "chai";
import { Linker } from "../../src/guest/linker.js";
import { settersOf } from "../../src/guest/variable-setters.js";
import { linkPlan } from "../../src/unit/link-plan.js";
import { inEngine } from "../support/engine.js";

const modules = {
  "index.js": `
    import { inner, readInner } from "./inner.js";
    import "./circle.js";
    export let counter = 1;
    export const increment = () => ++counter;
    export let a = 1, { b } = { b: 2 };
    export const first = 1, second = 2;
    let v = 1, w = 2, hidden = 3, globalThis = "mine", Symbol = "mine too";
    const fixed = 4;
    function declared() { return "old"; }
    class Declared {}
    export { v, w, hidden as shown, hidden as "shown too", fixed, declared, Declared, inner, globalThis };
    export const readDeclared = () => declared();
    export { other as renamed } from "./inner.js";
    export * from "./inner.js";
    export * as whole from "./inner.js";
    export { seen } from "./circle.js";
    export const where = () => new Error("here").stack;
    export default counter // no semicolon, and a comment at the end`,
  "inner.js": `export let inner = 1, other = 2; export const readInner = () => inner;`,
  "circle.js": `import { counter } from "./index.js"; export const seen = () => counter;`,
  "clash.js": `export let $leasehold = 1, clashing = 2;`,
};
const plan = linkPlan({ manifest: { name: "sample", version: "1.0.0" }, modules });

describe("the exported variables of a unit that runs", () => {
  let linker: Linker;
  let exports: Record<string, unknown>;
  const call = (name: string): unknown => (exports[name] as () => unknown)();

  before(async () => {
    linker = new Linker(
      plan,
      () => undefined as never,
      () => {},
    );
    exports = (await linker.load(plan.entry)) as typeof exports;
  });

  it("can be assigned to, and the unit sees it", () => {
    expect(linker.assign("counter", 10)).to.equal(true);
    expect(exports.counter).to.equal(10);
    expect(call("increment")).to.equal(11);
    expect(exports.counter).to.equal(11);
  });

  it("are seen through a circle of modules at once", () => {
    linker.assign("counter", 20);
    expect(call("seen")).to.equal(20);
  });

  it("may be declared together, by a pattern, be called like a setter's own, or have two names", () => {
    for (const name of ["a", "b", "v", "w", "shown"]) {
      expect(linker.assign(name, `${name} is new`), name).to.equal(true);
      expect(exports[name]).to.equal(`${name} is new`);
    }
    linker.assign("shown too", "again");
    expect(exports.shown).to.equal("again");
  });

  it("may be another module's", () => {
    expect(linker.assign("inner", 5)).to.equal(true);
    expect([exports.inner, call("readInner")]).to.deep.equal([5, 5]);
    expect(linker.assign("renamed", 6)).to.equal(true);
    expect([exports.renamed, exports.other]).to.deep.equal([6, 6]);
  });

  it("may hide what a module is given to hand them over", () => {
    expect(linker.assign("globalThis", "hers")).to.equal(true);
    expect(exports.globalThis).to.equal("hers");
  });

  it("are what a function or class that is exported apart from its declaration is, too", () => {
    expect(linker.assign("declared", () => "new")).to.equal(true);
    expect(call("readDeclared")).to.equal("new");
    expect(linker.assign("Declared", Array)).to.equal(true);
  });

  it("are not constants, functions, namespaces, the default, or what is not there", () => {
    for (const name of ["first", "second", "fixed", "increment", "whole", "default", "toString", "__proto__", "gone"]) {
      const before = exports[name];
      expect(linker.assign(name, 1), name).to.equal(false);
      expect(exports[name]).to.equal(before);
    }
  });

  it("leave lines and columns where they were", () => {
    const line = modules["index.js"].split("\n").findIndex((text) => text.includes("where =")) + 1;
    const column = modules["index.js"].split("\n")[line - 1]!.indexOf("new Error") + 1;
    const place = `unit:///sample@1.0.0/index.js:${line}:${column}`;
    // WebKit has its own name for a Blob, and counts to the end of what is called.
    const inWebKit = `:${line}:${column + "new Error".length}`;
    expect(call("where")).to.include(inEngine({ chromium: place, firefox: place, webkit: inWebKit }));
  });

  it("are left alone where a module uses the name by which they would be handed over", () => {
    expect(settersOf("clash.js", ["clashing"], modules["clash.js"])).to.equal("");
  });
});
