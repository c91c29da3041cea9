import { expect } from "chai";
import { exportNamesOf, linkPlan } from "../../src/unit/link-plan.js";
import type { LinkPlan, RunnableModule } from "../../src/unit/linking.js";

const plan = (modules: Record<string, string>): LinkPlan =>
  linkPlan({ manifest: { name: "sample", version: "1.0.0" }, modules });

const variables = (modules: Record<string, string>) => plan(modules).variables;

/** The variables of each module that are to be assignable. */
const locals = ({ modules }: LinkPlan) =>
  Object.fromEntries(Object.entries(modules).map(([path, module]) => [path, (module as RunnableModule).variables]));

describe("the exported variables of a plan", () => {
  it("are those that the entry declares with let and var, or exports by a list", () => {
    const names = Object.keys(
      variables({
        "index.js": `
          export let a = 1, b = { c: 2 }; export var d; export let { e, f: [g] } = x;
          let h; function i() {} class J {}
          export { h, i as "an i", J };`,
      }) ?? {},
    );
    expect(names).to.deep.equal(["a", "b", "d", "e", "g", "h", "an i", "J"]);
  });

  it("are none where everything is a constant, a function, a class or a default", () => {
    const made = plan({
      "index.js": `
        export const a = 1; export function b() {} export async function* c() {} export  async  function d() {}
        export class E {} export default class F {} export function*g() {}
        export
          const h = 1;`,
      "data.json": "{}",
    });
    expect(made).to.not.have.property("variables");
    expect(locals(made)).to.deep.equal({ "index.js": undefined, "data.json": undefined });
    for (const value of ["x", "function f() {}", "class {}", "{ a: 1 }", "async () => {}"])
      expect(variables({ "index.js": `let x; export default ${value}` }), value).to.equal(undefined);
  });

  it("are known by what their own module calls them", () => {
    expect(variables({ "index.js": `let a; export { a as b, a as default }` })).to.deep.equal({
      b: { module: "index.js", local: "a" },
      default: { module: "index.js", local: "a" },
    });
  });

  it("are followed through re-exports to the module that has them", () => {
    const made = plan({
      "index.js": `
        import { one } from "./a.js"; import * as all from "./a.js";
        export { one, all }; export { two as three } from "./a.js"; export * from "./b.js";
        export * as whole from "./b.js"; export { fixed } from "./a.js";`,
      "a.js": `export let one; export { two } from "./b.js"; export const fixed = 1; export let notOfTheEntry;`,
      "b.js": `export let two = 2, four = 4; let unexported;`,
      "c.js": `export let alone;`,
    });
    expect(made.variables).to.deep.equal({
      one: { module: "a.js", local: "one" },
      three: { module: "b.js", local: "two" },
      two: { module: "b.js", local: "two" },
      four: { module: "b.js", local: "four" },
    });
    expect(locals(made)).to.deep.equal({
      "index.js": undefined,
      "a.js": ["one"],
      "b.js": ["two", "four"],
      "c.js": undefined,
    });
  });

  it("are found in a circle of modules", () => {
    const made = plan({
      "index.js": `export * from "./a.js"; export let b;`,
      "a.js": `export * from "./index.js"; export let a;`,
    });
    expect(Object.keys(made.variables ?? {})).to.have.members(["a", "b"]);
  });

  it("may have any name", () => {
    const made = plan({
      "index.js": String.raw`let v, \u0061b, ünï; export { v as __proto__, v as toString, \u0061b, ünï }`,
    });
    expect(Object.keys(made.variables ?? {})).to.deep.equal(["__proto__", "toString", "ab", "ünï"]);
    expect(structuredClone(made)).to.deep.equal(made);
    expect(locals(made)).to.deep.equal({ "index.js": ["v", "ab", "ünï"] });
  });

  it("leave the text of their modules alone", () => {
    const source = `export let a = 1;\nexport { a as b }; // the end`;
    expect((plan({ "index.js": source }).modules["index.js"] as RunnableModule).body).to.equal(source);
  });
});

describe("the names that a unit exports", () => {
  it("are those of its entry", () => {
    const made = plan({ "index.js": `export * from "./a.js"; export default 1`, "a.js": `export class Point {}` });
    expect(exportNamesOf(made)).to.deep.equal(["default", "Point"]);
  });
});
