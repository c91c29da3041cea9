import { expect } from "chai";
import { release, type Unit } from "leasehold";
import { collectUntil } from "../support/collect.js";
import { inEngine } from "../support/engine.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

const modules = {
  "index.js": `
    import { shared, readShared } from "./shared.js";
    import "./circle.js";
    export let counter = 1;
    export const increment = () => ++counter;
    export const constant = 1, alsoConstant = 2;
    let apart = "a";
    const fixed = 1;
    export { apart, fixed, shared, readShared };
    export { other as renamed } from "./shared.js";
    export { seen } from "./circle.js";
    export class Point { constructor(x) { this.x = x; } }
    export let point = new Point(1);
    export const xOfPoint = () => point.x;
    export const where = () => new Error("here").stack;`,
  "shared.js": `export let shared = 1, other = 2; export const readShared = () => shared;`,
  "circle.js": `import { counter } from "./index.js"; export const seen = () => counter;`,
};

interface Sample {
  counter: number;
  increment(): number;
  readShared(): number;
  seen(): number;
  where(): string;
  xOfPoint(): number;
  Point: new (x: number) => { x: number };
}

inEveryIsolation("a binding", ({ host, isolation }) => {
  const load = (): Promise<Unit<Sample>> =>
    host().load<Sample>({ manifest: { name: "sample", version: "1.0.0" }, modules }, { isolation });

  /** Loads the unit, and unloads it afterwards: nothing must hold it then. */
  const inUnit = async (body: (unit: Unit<Sample>) => Promise<void>): Promise<void> => {
    const unit = await load();
    try {
      await body(unit);
      await unit.unload({ deadline: 2000 });
    } catch (error) {
      await unit.unload({ mode: "force" });
      throw error;
    }
  };

  it("is of the variable as it is, for both sides", () =>
    inUnit(async (unit) => {
      const counter = await unit.binding<number>("counter");
      expect(await counter.get()).to.equal(1);
      expect(await unit.exports.increment()).to.equal(2);
      expect(await counter.get()).to.equal(2);
      await counter.set(10);
      expect(await unit.exports.counter).to.equal(10);
      expect(await unit.exports.increment()).to.equal(11);
      counter.release();
    }));

  it("may be of a variable that is exported apart, or another module's; and is seen through a circle", () =>
    inUnit(async (unit) => {
      const [apart, shared, renamed, counter] = await Promise.all(
        ["apart", "shared", "renamed", "counter"].map((name) => unit.binding<unknown>(name)),
      );
      for (const [index, each] of [apart, shared, renamed, counter].entries()) {
        await each!.set(100 + index);
        expect(await each!.get()).to.equal(100 + index);
        each!.release();
      }
      expect(await unit.exports.readShared()).to.equal(101);
      expect(await unit.exports.seen()).to.equal(103);
    }));

  it("cannot assign to a constant, a function or a class, and says so", () =>
    inUnit(async (unit) => {
      for (const name of ["constant", "alsoConstant", "fixed", "increment", "Point"]) {
        const binding = await unit.binding(name);
        const error = await rejection(binding.set(5));
        expect(error, name).to.include({ name: "ContractError", code: "read-only" });
        expect(error.message).to.include(`"${name}"`);
        binding.release();
      }
    }));

  it("needs an export, by name", () =>
    inUnit(async (unit) => {
      const error = await rejection(unit.binding("countre"));
      expect(error).to.include({ name: "ContractError", code: "no-such-member" });
      expect(error.message).to.include(`Did you mean "counter"?`);
      expect(unit.whyAlive().holders.map(({ kind }) => kind)).to.deep.equal(["pin"]);
    }));

  it("takes and gives what crosses by reference, too", () =>
    inUnit(async (unit) => {
      const binding = await unit.binding<unknown>("point");
      const point = await new unit.exports.Point(7);
      await binding.set(point);
      expect(await unit.exports.xOfPoint()).to.equal(7);
      expect(await binding.get()).to.equal(point);
      release(point);
      binding.release();
    }));

  it("keeps its unit loaded, by name, and goes on working as the unit waits", async () => {
    const unit = await load();
    const counter = await unit.binding<number>("counter");
    const blocked = await rejection(unit.unload({ deadline: 50 }));
    expect(blocked).to.include({ name: "UnloadBlockedError", code: "unload-blocked" });
    expect(blocked.message).to.match(/binding\s+counter/);
    await counter.set(5);
    expect(await counter.get()).to.equal(5);
    expect((await rejection(unit.binding("counter"))).name).to.equal("DomainUnloadedError");
    counter.release();
    await unit.unloaded;
    for (const used of [counter.get(), counter.set(1)])
      expect(await rejection(used)).to.include({ name: "InvalidStateError", code: "released" });
  });

  it("rejects when its unit was taken away", async () => {
    const unit = await load();
    const counter = await unit.binding<number>("counter");
    await unit.unload({ mode: "force" });
    for (const used of [counter.get(), counter.set(1)])
      expect((await rejection(used)).name).to.equal("DomainUnloadedError");
    counter.release();
  });

  it("lets go when it is collected as garbage", async () => {
    const unit = await load();
    await unit.binding("counter");
    await collectUntil("nothing but the pin is left", () => unit.whyAlive().holders.length === 1);
    await unit.unload();
  });

  it("leaves the lines and columns of its module where they were", () =>
    inUnit(async (unit) => {
      const line = modules["index.js"].split("\n").findIndex((text) => text.includes("where =")) + 1;
      const column = modules["index.js"].split("\n")[line - 1]!.indexOf("new Error") + 1;
      // WebKit has its own name for a Blob, and counts to the end of what is called.
      const place = `sample@1.0.0/index.js:${line}:${column}`;
      const inWebKit = `:${line}:${column + "new Error".length}`;
      const expected = inEngine({ chromium: place, firefox: place, webkit: inWebKit });
      expect(await unit.exports.where()).to.include(expected);
    }));

  it("is nine at once, each released in its turn", async () => {
    const unit = await load();
    const bindings = await Promise.all(Array.from({ length: 9 }, () => unit.binding<number>("counter")));
    void unit.unload({ deadline: Infinity });
    for (const [index, each] of bindings.entries()) {
      expect(unit.state).to.equal("unloading");
      await each.set(index);
      expect(await each.get()).to.equal(index);
      each.release();
    }
    await unit.unloaded;
  });
});
