import { expect } from "chai";
import type { LeaseholdError } from "../../src/errors.js";
import { createMirror } from "../../src/guest/mirror.js";
import type { ExportRecord, Mirror } from "../../src/remoting/index.js";

const ran: string[] = [];

// As text, so that it is described as it is written here.
const source = `
  const touch = (what) => { ran.push(what); return what; };
  class Shape {
    static count = 3;
    static of(kind) { return kind + ":" + this.name; }
    get area() { touch("area"); return this.size * 2; }
    describe(words = "a, (b)") { return words + this.size; }
    scale() {}
  }
  class Point extends Shape {
    #secret = 1;
    static origin = { x: 0, of: { deep() { return this === Point.origin.of; } } };
    static get lazy() { touch("lazy"); return "lazy"; }
    static Inner = class { constructor(z) {} };
    static self;
    constructor(x, { y } = {}, ...rest) { super(); this.size = x; }
    length() { return this.size; }
    get name() { touch("name"); return "point " + this.size; }
    set only(value) { touch("only"); }
    scale(by, /* of */ about = [0, 0]) { return this.size * by; }
    *[Symbol.iterator](from) {}
    async later(a) {}
  }
  Point.self = Point;
  Point.bound = Math.max;
  class Named { static name = "own"; static length(a) { return "static"; } length() {} }
  function Old(a) {}
  Old.prototype.grow = function (by) { return this.size + by; };
  const nested = { a: { b: 1, f() { return this.b; } }, get lazy() { return touch("nested"); } };
  return { __proto__: null, Point, Named, Old, nested, add: (a, b = 2) => a + b, max: Math.max, version: "1", nothing: null };
`;
const exports = new Function("ran", source)(ran) as Record<string, new (...args: unknown[]) => object>;
const assigned: unknown[] = [];
const mirror: Mirror = createMirror("sample@1.0.0", exports, (name, value) => {
  if (name !== "version") return false;
  assigned.push(value);
  return true;
});

const record = (name: string): ExportRecord => mirror.describe().find((each) => each.name === name)!;
const shapes = (records: ExportRecord[] | undefined) => records?.map(({ name, kind }) => `${kind} ${name}`);

function failure(step: () => unknown): LeaseholdError {
  try {
    step();
  } catch (error) {
    return error as LeaseholdError;
  }
  throw new Error("It did not throw.");
}

describe("a unit's description", () => {
  afterEach(() => expect(ran.splice(0)).to.deep.equal([]));

  it("says of every export what it is", () => {
    expect(shapes(mirror.describe())).to.deep.equal([
      "class Point",
      "class Named",
      "function Old",
      "value nested",
      "function add",
      "function max",
      "value version",
      "value nothing",
    ]);
  });

  it("says which parameters there are, where that can be told", () => {
    expect(record("add").parameters).to.deep.equal(["a", "b = 2"]);
    expect(record("Point").parameters).to.deep.equal(["x", "{ y } = {}", "...rest"]);
    expect(record("max")).to.deep.equal({ name: "max", kind: "function" });
    expect(record("version")).to.deep.equal({ name: "version", kind: "value" });
  });

  it("lists what instances have, inherited members too, and runs no getter", () => {
    const { methods } = record("Point");
    expect(shapes(methods)).to.have.members([
      "function length",
      "value name",
      "value only",
      "function scale",
      "function [Symbol.iterator]",
      "function later",
      "value area",
      "function describe",
    ]);
    const parameters = Object.fromEntries(methods!.map((each) => [each.name, each.parameters]));
    expect(parameters).to.deep.include({
      scale: ["by", "about = [0, 0]"],
      describe: [`words = "a, (b)"`],
      "[Symbol.iterator]": ["from"],
      name: undefined,
    });
  });

  it("lists what a class has itself, but not what every function has", () => {
    const { statics } = record("Point");
    expect(shapes(statics)).to.have.members([
      "value origin",
      "value lazy",
      "class Inner",
      "class self",
      "function bound",
      "value count",
      "function of",
    ]);
    expect(shapes(record("Named").statics)).to.deep.equal(["function length", "value name"]);
    expect(statics!.find(({ name }) => name === "Inner")).to.deep.equal({
      name: "Inner",
      kind: "class",
      parameters: ["z"],
      methods: [],
      statics: [],
    });
  });

  it("ends at a class that has itself as a static", () => {
    const self = record("Point").statics!.find(({ name }) => name === "self")!;
    expect(self).to.not.have.property("statics");
    expect(structuredClone(mirror.describe())).to.deep.equal(mirror.describe());
  });
});

describe("a description of classes that have each other as statics", () => {
  const classes = (count: number): Record<string, unknown> => {
    const all = Array.from(
      { length: count },
      (_, n) => ({ [`C${n}`]: class {} })[`C${n}`] as Record<string, unknown> & (new () => object),
    );
    for (const each of all) for (const other of all) each[other.name] = other;
    return Object.fromEntries(all.map((each) => [each.name, each]));
  };
  const described = (own: Record<string, unknown>): ExportRecord[] =>
    createMirror("sample@1.0.0", own, () => false).describe();

  it("has each of them once, under the name that it is exported by", () => {
    const records = described(classes(50));
    expect(records).to.have.length(50);
    for (const { statics } of records) {
      expect(statics).to.have.length(50);
      for (const each of statics!)
        expect(each).to.have.all.keys("name", "kind", "parameters").and.include({ kind: "class" });
    }
  });

  it("has each where it is met first, of those that are not exported", () => {
    const { C0, C1 } = classes(20);
    const Late = class {
      static C0 = C0;
    };
    const records = described({
      First: class {
        static late = Late;
        static C1 = C1;
      },
      Late,
    });
    const [first, late] = records as [ExportRecord, ExportRecord];
    expect(first.statics!.find(({ name }) => name === "late")).to.not.have.property("statics");
    expect(late.statics![0]).to.not.have.property("statics");
    const whole: string[] = [];
    const walk = ({ name, statics }: ExportRecord): void => {
      if (statics) whole.push(name);
      statics?.forEach(walk);
    };
    records.forEach(walk);
    expect(whole)
      .to.have.length(22)
      .and.to.have.members(["First", "Late", ...Object.keys(classes(20))]);
  });
});

describe("a path into a unit", () => {
  it("leads to an export, a static, what instances have, or into an object; and runs no getter", () => {
    const kinds = {
      Point: "class",
      "Point.length": "function",
      "Point.name": "value",
      "Point.count": "value",
      "Point.of": "function",
      "Point.lazy": "value",
      "Point.Inner": "class",
      "Point.area": "value",
      "Point.[Symbol.iterator]": "function",
      "Point.origin.x": "value",
      "Old.grow": "function",
      "nested.a.f": "function",
      "nested.lazy": "value",
      nothing: "value",
    };
    for (const [path, kind] of Object.entries(kinds)) {
      const steps = path === "Point.[Symbol.iterator]" ? ["Point", "[Symbol.iterator]"] : path.split(".");
      expect(mirror.locate(path), path).to.deep.equal({ path: steps, kind });
    }
    expect(ran).to.deep.equal([]);
  });

  it("is refused where it leads nowhere, with what was meant", () => {
    const cases = {
      Pont: `There is no "Pont" in sample@1.0.0. Did you mean "Point"?`,
      "Point.lenght": `There is no "lenght" in "Point" of sample@1.0.0. Did you mean "length"?`,
      "Point.origin.x.y": `There is no "y" in "Point.origin.x"`,
      "nested.zzz": "There is: a, lazy.",
      "nested.lazy.x": `There is no "x" in "nested.lazy"`,
      "Point.constructor": `There is no "constructor"`,
      "Point.prototype": `There is no "prototype"`,
      "nested.toString": `There is no "toString"`,
      "nested.__proto__": `There is no "__proto__"`,
      "": `There is no ""`,
      ".": `There is no ""`,
      "Point.": `There is no "" in "Point"`,
    };
    for (const [path, words] of Object.entries(cases)) {
      for (const step of [() => mirror.locate(path), () => mirror.resolve(path)]) {
        const error = failure(step);
        expect(error, path).to.include({ name: "ContractError", code: "no-such-member", unit: "sample@1.0.0" });
        expect(error.message).to.include(words);
      }
    }
    expect(ran).to.deep.equal([]);
  });

  it("is resolved to what can be used without its owner", () => {
    expect(mirror.resolve("Point")).to.equal(exports.Point);
    expect(mirror.resolve("Point.Inner")).to.have.property("prototype");
    expect(mirror.resolve("Point.count")).to.equal(3);
    expect((mirror.resolve("Point.of") as (kind: string) => string)("k")).to.equal("k:Point");
    expect((mirror.resolve("nested.a.f") as () => number)()).to.equal(1);
    expect((mirror.resolve("Point.origin.of.deep") as () => boolean)()).to.equal(true);
    expect((mirror.resolve("add") as (a: number) => number)(1)).to.equal(3);
    expect(mirror.resolve("Point.lazy")).to.equal("lazy");
    expect(ran.splice(0)).to.deep.equal(["lazy"]);
  });

  it("is resolved, of members of instances, to a function that takes the instance first", () => {
    const point = new exports.Point!(5);
    const call = (path: string, ...args: unknown[]) =>
      (mirror.resolve(path) as (...args: unknown[]) => unknown)(...args);
    expect(call("Point.length", point)).to.equal(5);
    expect(call("Point.scale", point, 3)).to.equal(15);
    expect(call("Point.name", point)).to.equal("point 5");
    expect(call("Old.grow", { size: 1 }, 2)).to.equal(3);
    expect(ran.splice(0)).to.deep.equal(["name"]);
  });
});

describe("an exported variable", () => {
  it("is read as it is, and assigned to", () => {
    mirror.check("version");
    expect(mirror.read("version")).to.equal("1");
    mirror.write("version", "2");
    expect(assigned).to.deep.equal(["2"]);
  });

  it("is not one by a path, or a name that is not there", () => {
    for (const name of ["versoin", "Point.length", "toString", ""])
      for (const step of [() => mirror.check(name), () => mirror.read(name), () => mirror.write(name, 1)])
        expect(failure(step), name).to.include({ name: "ContractError", code: "no-such-member" });
    expect(failure(() => mirror.read("versoin")).message).to.include(`Did you mean "version"?`);
  });

  it("is refused where it is none", () => {
    const error = failure(() => mirror.write("Point", 1));
    expect(error).to.include({ name: "ContractError", code: "read-only", unit: "sample@1.0.0" });
    expect(error.message).to.include(`"Point" of sample@1.0.0 cannot be assigned to`).and.to.include("let");
  });
});
