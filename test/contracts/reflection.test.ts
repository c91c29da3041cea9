import { expect } from "chai";
import { createHost, release, type Remote, type Unit } from "leasehold";
import { failureOf } from "../support/account.js";
import { collectUntil } from "../support/collect.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

const code = `
  export class Shape { area(scale = 1) { return scale; } }
  export class Point extends Shape {
    static of(x) { return new this(x, 0); }
    constructor(x, { y } = {}, ...rest) { super(); this.x = x; }
    length() { return this.x; }
    get twice() { throw new Error("a getter was run"); }
  }
  export const add = (a, b = 2) => a + b;
  export let version = "1";
`;

interface Point {
  length(): number;
}
interface Sample {
  Point: new (x: number) => Point;
  add(a: number, b?: number): number;
  version: string;
}

inEveryIsolation("what a unit is made of", ({ host, load, use, isolation }) => {
  const kinds = (unit: Unit<Sample>): string[] => unit.whyAlive().holders.map(({ kind }) => kind);
  const inUnit = async (body: (unit: Unit<Sample>) => Promise<void>): Promise<void> => {
    await use<Sample>(code, async (unit) => {
      await body(unit);
      expect(kinds(unit)).to.deep.equal(["pin"]);
    });
  };
  /** Expects a unit to be held by these alone, until `letGo` is run. */
  const expectHeld = async (unit: Unit<Sample>, words: RegExp, letGo: () => void): Promise<void> => {
    const blocked = await rejection(unit.unload({ deadline: 50 }));
    expect(blocked).to.include({ name: "UnloadBlockedError" });
    expect(blocked.message).to.match(words);
    letGo();
    expect((await unit.unloaded).reason).to.equal("requested");
  };

  it("is told by its descriptors, and no getter is run", () =>
    inUnit(async (unit) => {
      const reflection = await unit.reflect();
      expect(reflection.exports.map(({ name, kind }) => [name, kind])).to.have.deep.members([
        ["Shape", "class"],
        ["Point", "class"],
        ["add", "function"],
        ["version", "value"],
      ]);
      const point = reflection.get("Point");
      expect(point.parameters).to.deep.equal(["x", "{ y } = {}", "...rest"]);
      expect(point.methods?.map(({ name, kind }) => [name, kind])).to.deep.equal([
        ["length", "function"],
        ["twice", "value"],
        ["area", "function"],
      ]);
      expect(point.statics?.map(({ name }) => name)).to.deep.equal(["of"]);
      expect(reflection.exports.find(({ name }) => name === "add")?.parameters).to.deep.equal(["a", "b = 2"]);
      const all = [...reflection.exports, ...point.methods!, ...point.statics!, point];
      expect(all.map(({ collectible }) => collectible)).to.deep.equal(all.map(() => true));
      point.release();
      reflection.release();
    }));

  it("is not collectible, to its last member, where the unit is permanent", async () => {
    await using permanent = createHost({ pool: {} });
    const unit = await permanent.load<Sample>({ code }, { isolation, collectible: false });
    const reflection = await unit.reflect();
    const point = reflection.get("Point");
    const array = point.arrayOf();
    const all = [...reflection.exports, point, array, ...point.methods!];
    expect(all.map(({ collectible }) => collectible)).to.deep.equal(all.map(() => false));
    for (const each of [reflection, point, array]) each.release();
    expect((await rejection(unit.unload())).name).to.equal("NotSupportedError");
  });

  it("keeps the unit loaded by a reflection, and by what was obtained from it, by its path", async () => {
    const unit = await load<Sample>(code);
    const reflection = await unit.reflect();
    const array = reflection.get("Point").arrayOf();
    const paths = unit.whyAlive().holders.map(({ path }) => path.join(" → "));
    expect(paths).to.include("host → exports").and.to.include("host → exports → Point → Point[]");
    reflection.release();
    await collectUntil("the descriptor between is collected", () => kinds(unit).length === 2);
    await expectHeld(unit, /Point\[\]/, () => array.release());
  });

  it("has nothing that it does not export", () =>
    inUnit(async (unit) => {
      using reflection = await unit.reflect();
      const error = failureOf(() => reflection.get("Pont"));
      expect(error).to.include({ name: "ContractError", code: "no-such-member" });
      expect(error.message).to.include(`Did you mean "Point"?`);
    }));

  it("is held by a collection, while it is empty too", async () => {
    const unit = await load<Sample>(code);
    const points = unit.collectionOf<Point>("Point");
    const point = await new unit.exports.Point(1);
    points.add(point).add(point);
    expect(points.size).to.equal(1);
    for (const each of points) expect(await each.length()).to.equal(1);
    points.delete(point);
    release(point);
    await expectHeld(unit, /collection\s+Point/, () => points.release());
    expect(failureOf(() => points.add(point))).to.include({ name: "InvalidStateError", code: "released" });
  });

  it("goes into collections of what it exports, and of what is remote, only", () =>
    inUnit(async (unit) => {
      const error = failureOf(() => unit.collectionOf("Pont"));
      expect(error).to.include({ name: "ContractError", code: "no-such-member" });
      expect(error.message).to.include(`Did you mean "Point"?`);
      const points = unit.collectionOf<Point>("Point");
      for (const value of [{}, 1, undefined, () => {}])
        expect(failureOf(() => points.add(value as unknown as Remote<Point>))).to.include({ code: "not-a-remote" });
      points.release();
    }));

  it("is held, with another unit, by a collection of one's class with the other's things", async () => {
    const [one, other] = await Promise.all([load<Sample>(code), load<Sample>(code)]);
    const points = one.collectionOf<Point>("Point");
    const point = await new other.exports.Point(2);
    points.add(point);
    release(point);
    await expectHeld(other, new RegExp(`collection\\s+Point of ${one.id}`), () => points.delete(point));
    await expectHeld(one, /collection\s+Point/, () => points.release());
  });

  it("is named by handles, which hold it, and by their text, which does not", async () => {
    const unit = await load<Sample>(code);
    const handle = await unit.handle("Point.length");
    expect(handle).to.include({ unit: unit.id, path: "Point.length" });
    const text = String(handle);
    expect(text).to.match(/^unit:\/\/\/.+\/\d+#Point\.length$/);
    await expectHeld(unit, /handle\s+Point\.length/, () => handle.release());
    for (const given of [handle, text])
      expect(failureOf(() => host().resolveHandle(given))).to.include({
        name: "DomainUnloadedError",
        code: "unit-unloaded",
      });
  });

  it("is reached by handles and their text: what they name, that can be called and constructed", () =>
    inUnit(async (unit) => {
      const handle = await unit.handle("Point");
      for (const given of [handle, String(handle)]) {
        const Point = host().resolveHandle<Sample["Point"]>(given);
        const point = await new Point(3);
        expect(await point.length()).to.equal(3);
        const length = host().resolveHandle<(of: unknown) => number>(`${String(handle)}.length`);
        expect(await length(point)).to.equal(3);
        release([point, Point]);
      }
      const add = host().resolveHandle<Sample["add"]>(String(handle).replace("#Point", "#add"));
      expect(await add(1)).to.equal(3);
      handle.release();
    }));

  it("is another one when it is loaded again, for its handles", async () => {
    const first = await load<Sample>(code);
    const text = String(await first.handle("Point"));
    await first.unload({ mode: "force" });
    await use<Sample>(code, async (second) => {
      expect(second.id).to.equal(first.id);
      expect(failureOf(() => host().resolveHandle(text))).to.include({ code: "unit-unloaded" });
      const handle = await second.handle("Point");
      expect(String(handle)).to.not.equal(text);
      handle.release();
    });
  });

  it("has no handle for what is not there, and none but by its form", () =>
    inUnit(async (unit) => {
      for (const path of ["Pont", "Point.lenght", "Point.constructor"])
        expect(await rejection(unit.handle(path)), path).to.include({ name: "ContractError", code: "no-such-member" });
      for (const text of ["", "Point", "unit:///sample@1.0.0#Point"])
        expect(failureOf(() => host().resolveHandle(text))).to.include({ name: "DataError", code: "not-a-handle" });
    }));

  it("is let go of when what holds it is collected as garbage", async () => {
    const unit = await load<Sample>(code);
    await (async () => {
      const [handle, collection, reflection] = [
        await unit.handle("Point"),
        unit.collectionOf("Point"),
        await unit.reflect(),
      ];
      const point = reflection.get("Point");
      const points = point.arrayOf();
      expect(kinds(unit)).to.have.length(6);
      expect([handle, collection, reflection, point, points]).to.have.length(5);
    })();
    await collectUntil("nothing but the pin is left", () => kinds(unit).length === 1);
    await unit.unload();
  });

  it("is not shown, or held, any more once it is asked to go", async () => {
    const unit = await load<Sample>(code);
    const handle = await unit.handle("Point");
    void unit.unload({ deadline: Infinity });
    for (const asked of [unit.reflect(), unit.handle("Point"), unit.binding("version")])
      expect((await rejection(asked)).name).to.equal("DomainUnloadedError");
    expect(failureOf(() => unit.collectionOf("Point")).name).to.equal("DomainUnloadedError");
    const Point = host().resolveHandle<Sample["Point"]>(handle);
    const point = await new Point(4);
    expect(await point.length()).to.equal(4);
    release([point, Point]);
    handle.release();
    await unit.unloaded;
  });
});
