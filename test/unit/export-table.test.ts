import { expect } from "chai";
import { ExportTable, type ModuleExports } from "../../src/unit/export-table.js";

/** Own names as they are, "x from a", "x as y from a", "* from a". */
function table(modules: Record<string, string[]>): ExportTable {
  const parse = (entries: string[]): ModuleExports => {
    const parsed: ModuleExports = { named: new Map(), stars: [] };
    for (const entry of entries) {
      const [, imported = "", name = imported, from] = /^(\S+)(?: as (\S+))?(?: from (\S+))?$/.exec(entry)!;
      if (from === undefined) parsed.named.set(name, { local: imported });
      else if (entry.startsWith("* from")) parsed.stars.push(from);
      else parsed.named.set(name, { from, imported });
    }
    return parsed;
  };
  return new ExportTable(new Map(Object.entries(modules).map(([path, entries]) => [path, parse(entries)])));
}

describe("the names that a module exports", () => {
  it("are its own and those of its export *, without their default", () => {
    const { namesOf } = bound(table({ a: ["x", "default", "* from b"], b: ["y", "default", "* from c"], c: ["z"] }));
    expect(namesOf("a")).to.deep.equal(["x", "default", "y", "z"]);
    expect(namesOf("b")).to.deep.equal(["y", "default", "z"]);
  });

  it("do not include what two modules mean differently, unless it has one of its own", () => {
    const modules = { b: ["x", "y"], c: ["x", "z"] };
    expect(table({ ...modules, a: ["* from b", "* from c"] }).namesOf("a")).to.deep.equal(["y", "z"]);
    expect(table({ ...modules, a: ["* from b", "* from c", "x"] }).namesOf("a")).to.deep.equal(["x", "y", "z"]);
  });

  it("include what two modules have from the same place, whatever it is called on the way", () => {
    const a = ["* from b", "* from c"];
    expect(table({ a, b: ["* from d"], c: ["* from d"], d: ["x"] }).namesOf("a")).to.deep.equal(["x"]);
    expect(table({ a, b: ["x from d"], c: ["y as x from d"], d: ["v as x", "v as y"] }).namesOf("a")).to.deep.equal([
      "x",
    ]);
    expect(table({ a, b: ["* as x from d"], c: ["* as x from d"], d: [] }).namesOf("a")).to.deep.equal(["x"]);
    expect(table({ a, b: ["x from d"], c: ["y as x from d"], d: ["x", "y"] }).namesOf("a")).to.deep.equal([]);
  });

  it("are found through cycles", () => {
    const { namesOf } = bound(table({ a: ["x", "* from b"], b: ["y", "* from c"], c: ["z", "* from a"] }));
    expect(namesOf("a")).to.have.members(["x", "y", "z"]);
    expect(namesOf("c")).to.have.members(["x", "y", "z"]);
    expect(table({ a: ["* from a"] }).namesOf("a")).to.deep.equal([]);
  });

  it("do not include a name that leads nowhere", () => {
    const { has, namesOf } = bound(table({ a: ["x from b", "y from b"], b: ["y from a", "z"] }));
    expect([has("a", "x"), has("a", "y"), has("b", "z"), has("c", "z")]).to.deep.equal([false, false, true, false]);
    expect(namesOf("a")).to.deep.equal([]);
  });
});

describe("the names that an export * stands for", () => {
  it("are each said once, by the shortest way, and never the default or an own one", () => {
    const modules = { b: ["x", "y", "default"], c: ["* from b", "z"] };
    expect(table({ ...modules, a: ["* from b", "* from c"] }).namesOfStars("a")).to.deep.equal([["x", "y"], ["z"]]);
    expect(table({ ...modules, a: ["* from c", "* from b", "x"] }).namesOfStars("a")).to.deep.equal([["z"], ["y"]]);
  });

  it("never lead back, in a circle", () => {
    const circle = table({
      a: ["* from a", "* from b", "* from d"],
      b: ["* from a", "* from c"],
      c: ["* from d"],
      d: ["x"],
    });
    expect(circle.namesOfStars("a")).to.deep.equal([[], [], ["x"]]);
    expect(circle.namesOfStars("b")).to.deep.equal([["x"], []]);
  });

  it("are none that two of them mean differently", () => {
    expect(table({ a: ["* from b", "* from c"], b: ["x"], c: ["x", "y"] }).namesOfStars("a")).to.deep.equal([
      [],
      ["y"],
    ]);
  });
});

function bound(of: ExportTable) {
  return { has: of.has.bind(of), namesOf: of.namesOf.bind(of) };
}
