import { expect } from "chai";
import { DISPOSE } from "../../src/dispose.js";
import { createReflection } from "../../src/host/reflection.js";
import type { ExportDescriptor } from "../../src/host/reflection-types.js";
import type { Mirror, Remote } from "../../src/remoting/index.js";
import { failureOf, openAccount } from "../support/account.js";
import { collectUntil } from "../support/collect.js";
import { withMirror } from "../support/mirrored.js";
import { rejection } from "../support/rejection.js";

class Point {
  static of(x: number): Point {
    return new Point(x);
  }
  constructor(private x: number) {}
  length(scale: number): number {
    return this.x * scale;
  }
}
const exports = { Point, add: (a: number, b: number) => a + b, version: "1" };

describe("a reflection", () => {
  it("describes what a unit exports, and keeps it loaded until it is released", () =>
    withMirror(exports, async ({ account, mirror, leases, snapshot }) => {
      const reflection = await createReflection(account, mirror, true);
      expect(leases()).to.deep.equal(["reflection exports"]);
      expect(snapshot()[0]).to.deep.include({ path: ["host", "exports"] });
      expect(snapshot()[0]?.site).to.include("reflection.test");
      expect(reflection.exports.map(({ name, kind, parameters }) => ({ name, kind, parameters }))).to.deep.equal([
        { name: "Point", kind: "class", parameters: ["x"] },
        { name: "add", kind: "function", parameters: ["a", "b"] },
        { name: "version", kind: "value", parameters: undefined },
      ]);
      const [point, add] = reflection.exports as [ExportDescriptor, ExportDescriptor];
      expect(point.methods?.map(({ name, parameters }) => [name, parameters])).to.deep.equal([["length", ["scale"]]]);
      expect(point.statics?.map(({ name }) => name)).to.deep.equal(["of"]);
      expect([add.methods, add.statics]).to.deep.equal([undefined, undefined]);
      for (const listed of [point, ...(point.methods ?? [])]) listed.release();
      expect(leases()).to.deep.equal(["reflection exports"]);
      reflection.release();
      reflection[DISPOSE]();
      expect([leases(), account.released]).to.deep.equal([[], 1]);
    }));

  it("says on every descriptor whether the unit is collectible", () =>
    withMirror(exports, async ({ account, mirror }) => {
      for (const collectible of [true, false]) {
        using reflection = await createReflection(account, mirror, collectible);
        const [point] = reflection.exports as [ExportDescriptor];
        const got = reflection.get("Point");
        const array = got.arrayOf();
        const nested = array.arrayOf();
        const all = [...reflection.exports, ...point.methods!, ...point.statics!, got, ...got.methods!, array, nested];
        expect(all.map((each) => each.collectible)).to.deep.equal(all.map(() => collectible));
        for (const each of [got, array, nested]) each.release();
      }
      expect(account.leases.size).to.equal(0);
    }));

  it("has nothing that is not exported", () =>
    withMirror(exports, async ({ account, mirror, leases }) => {
      using reflection = await createReflection(account, mirror, true);
      const error = failureOf(() => reflection.get("Pont"));
      expect(error).to.include({ name: "ContractError", code: "no-such-member", unit: "sample@1.0.0" });
      expect(error.message).to.include(`Did you mean "Point"?`);
      expect(failureOf(() => reflection.get("toString"))).to.include({ code: "no-such-member" });
      expect(leases()).to.deep.equal(["reflection exports"]);
    }));

  it("gives nothing more when it is released", () =>
    withMirror(exports, async ({ account, mirror, leases }) => {
      const reflection = await createReflection(account, mirror, true);
      const [listed] = reflection.exports as [ExportDescriptor];
      reflection.release();
      for (const step of [() => reflection.get("Point"), () => listed.arrayOf(), () => listed.methods![0]!.arrayOf()])
        expect(failureOf(step)).to.include({ name: "InvalidStateError", code: "released" });
      expect(leases()).to.deep.equal([]);
    }));

  it("holds nothing where the unit does not answer", async () => {
    const { account, leases } = openAccount();
    const mirror = { describe: () => Promise.reject(new Error("gone")) } as unknown as Remote<Mirror>;
    expect((await rejection(createReflection(account, mirror, true))).message).to.equal("gone");
    expect(leases()).to.deep.equal([]);
  });

  it("takes from a unit's domain only what is a record", async () => {
    const circle: Record<string, unknown> = { name: "circle", kind: "class" };
    circle.methods = [circle, null, 1];
    const sent = [
      null,
      5,
      "x",
      {},
      { name: 1, kind: "value" },
      { name: "a", kind: "b" },
      { name: "a", kind: "value", parameters: [1] },
    ];
    const mirror = { describe: () => Promise.resolve([...sent, circle]) } as unknown as Remote<Mirror>;
    using reflection = await createReflection(openAccount().account, mirror, true);
    expect(reflection.exports.map(({ name }) => name)).to.deep.equal(["circle"]);
    expect(reflection.exports[0]!.methods![0]!.methods!.map(({ name }) => name)).to.deep.equal(["circle"]);
    const nothing = { describe: () => Promise.resolve({ length: 1 }) } as unknown as Remote<Mirror>;
    using empty = await createReflection(openAccount().account, nothing, true);
    expect(empty.exports).to.deep.equal([]);
  });
});

describe("what is obtained from a reflection", () => {
  it("keeps the unit loaded by itself, and tells the way to it", () =>
    withMirror(exports, async ({ account, mirror, leases, snapshot }) => {
      const reflection = await createReflection(account, mirror, true);
      const point = reflection.get("Point");
      reflection.release();
      expect(leases()).to.deep.equal(["reflection Point"]);
      const array = point.arrayOf();
      const ofMethod = point.methods![0]!.arrayOf();
      point.release();
      expect(array).to.include({ name: "Point[]", kind: "value" });
      expect(snapshot().map(({ path }) => path)).to.deep.equal([
        ["host", "exports", "Point", "Point[]"],
        ["host", "exports", "Point", "length[]"],
      ]);
      expect(failureOf(() => point.methods![0]!.arrayOf())).to.include({ code: "released" });
      const nested = array.arrayOf();
      array.release();
      array[DISPOSE]();
      ofMethod.release();
      expect(leases()).to.deep.equal(["reflection Point[][]"]);
      nested.release();
      expect(leases()).to.deep.equal([]);
    }));

  it("is revoked with its lease", () =>
    withMirror(exports, async ({ account, mirror, ledger, leases }) => {
      const reflection = await createReflection(account, mirror, true);
      const point = reflection.get("Point");
      ledger.revoke([...account.leases].map(({ id }) => id));
      expect(leases()).to.deep.equal([]);
      for (const step of [() => reflection.get("Point"), () => point.arrayOf()])
        expect(failureOf(step)).to.include({ code: "released" });
    }));
});

describe("a reflection that was dropped", () => {
  it("lets go when it is collected as garbage, and so does what was obtained from it", () =>
    withMirror(exports, async ({ account, mirror, leases }) => {
      await (async () => {
        const reflection = await createReflection(account, mirror, true);
        reflection.get("Point").arrayOf();
      })();
      expect(leases()).to.have.length(3);
      await collectUntil("its leases are released", () => leases().length === 0);
    }));

  it("holds while somebody has what it lists", () =>
    withMirror(exports, async ({ account, mirror, leases }) => {
      const method = await (async () => {
        const reflection = await createReflection(account, mirror, true);
        return reflection.get("Point").methods![0]!;
      })();
      await collectUntil("the reflection is collected", () => leases().length === 1);
      expect(leases()).to.deep.equal(["reflection Point"]);
      expect(method.name).to.equal("length");
    }));
});
