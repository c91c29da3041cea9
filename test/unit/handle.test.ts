import { expect } from "chai";
import { DISPOSE } from "../../src/dispose.js";
import { createHandle, resolveHandle, type HandleUnit } from "../../src/host/handle.js";
import { handleText, parseHandle } from "../../src/host/handle-text.js";
import { failureOf } from "../support/account.js";
import { collectUntil } from "../support/collect.js";
import { withMirror } from "../support/mirrored.js";
import { rejection } from "../support/rejection.js";

class Point {
  static of(x: number): Point {
    return new this(x);
  }
  constructor(private x: number) {}
  length(): number {
    return this.x;
  }
  get twice(): number {
    return 2 * this.x;
  }
}
interface RemotePoint {
  length(): Promise<number>;
  [DISPOSE](): void;
}

describe("a handle", () => {
  it("names a member of a unit, and keeps the unit loaded until it is released", () =>
    withMirror({ Point }, async ({ account, mirror, leases, snapshot }) => {
      const handle = await createHandle(account, { serial: 7, mirror }, "Point.length");
      expect(handle).to.include({ unit: "sample@1.0.0", path: "Point.length" });
      expect(String(handle)).to.equal("unit:///sample@1.0.0/7#Point.length");
      expect(leases()).to.deep.equal(["handle Point.length"]);
      expect(snapshot()[0]).to.deep.include({ path: ["host", "Point.length"] });
      expect(snapshot()[0]?.site).to.include("handle.test");
      handle.release();
      handle[DISPOSE]();
      expect([leases(), account.released]).to.deep.equal([[], 1]);
      expect(String(handle)).to.equal("unit:///sample@1.0.0/7#Point.length");
    }));

  it("is refused of what is not there, and holds nothing then", () =>
    withMirror({ Point }, async ({ account, mirror, leases }) => {
      for (const path of ["Pont", "Point.lenght", ""]) {
        const error = await rejection(createHandle(account, { serial: 1, mirror }, path));
        expect(error).to.include({ name: "ContractError", code: "no-such-member" });
      }
      expect(leases()).to.deep.equal([]);
    }));

  it("lets go when it is collected as garbage, but for its text", () =>
    withMirror({ Point }, async ({ account, mirror, leases }) => {
      const text = String(await createHandle(account, { serial: 1, mirror }, "Point"));
      expect(leases()).to.deep.equal(["handle Point"]);
      await collectUntil("its lease is released", () => leases().length === 0);
      expect(text).to.equal("unit:///sample@1.0.0/1#Point");
    }));
});

describe("a handle that is resolved", () => {
  it("gives what it names, by the object or its text", () =>
    withMirror({ Point, version: "1" }, async ({ account, mirror, leases }) => {
      const unit: HandleUnit = { serial: 3, mirror };
      const find = (id: string): HandleUnit | undefined => (id === "sample@1.0.0" ? unit : undefined);
      const handle = await createHandle(account, unit, "Point");
      for (const given of [handle, String(handle)]) {
        const Remote = resolveHandle(given, find) as unknown as new (x: number) => Promise<RemotePoint>;
        const point = await new Remote(5);
        expect(await point.length()).to.equal(5);
        const length = resolveHandle("unit:///sample@1.0.0/3#Point.length", find) as unknown as (
          of: unknown,
        ) => unknown;
        expect(await length(point)).to.equal(5);
        const twice = resolveHandle("unit:///sample@1.0.0/3#Point.twice", find) as unknown as (of: unknown) => unknown;
        expect(await twice(point)).to.equal(10);
        point[DISPOSE]();
      }
      const of = resolveHandle("unit:///sample@1.0.0/3#Point.of", find) as unknown as (x: number) => RemotePoint;
      expect(await of(4).length()).to.equal(4);
      expect(await (resolveHandle("unit:///sample@1.0.0/3#version", find) as unknown)).to.equal("1");
      handle.release();
      expect(leases()).to.deep.equal([]);
    }));

  it("is of one load of the unit alone", () =>
    withMirror({ Point }, async ({ mirror }) => {
      const find = (id: string): HandleUnit | undefined => (id === "sample@1.0.0" ? { serial: 4, mirror } : undefined);
      for (const text of ["unit:///sample@1.0.0/3#Point", "unit:///other@1.0.0/4#Point"]) {
        const error = failureOf(() => resolveHandle(text, find));
        expect(error).to.include({ name: "DomainUnloadedError", code: "unit-unloaded" });
        expect(error.message).to.include("Point of ");
      }
    }));

  it("fails with what is not there", () =>
    withMirror({ Point }, async ({ mirror }) => {
      const resolved = resolveHandle("unit:///sample@1.0.0/1#Pont", () => ({ serial: 1, mirror }));
      expect(await rejection(resolved as unknown as Promise<unknown>)).to.include({ code: "no-such-member" });
    }));
});

describe("the text of a handle", () => {
  it("tells unit, load and path, whatever they are called", () => {
    for (const unit of ["a@1.0.0", "@scope/a@1.0.0-beta.1+build/5", "a@1.0.0#2", "a%@1.0.0"]) {
      for (const path of ["Point", "Point.length", "Point.[Symbol.iterator]", "an export/5#b", "ünï.%41"]) {
        const target = { unit, serial: 12, path };
        expect(parseHandle(handleText(target))).to.deep.equal(target);
      }
    }
    expect(handleText({ unit: "a@1.0.0#2", serial: 3, path: "B" })).to.equal("unit:///a@1.0.0%232/3#B");
  });

  it("is told from other text", () => {
    const texts = [
      "",
      "Point",
      "unit:///a@1.0.0#Point",
      "unit:///a@1.0.0/x#Point",
      "unit:///a/1#",
      "unit:///%/1#a",
      "https://a/1#b",
    ];
    for (const text of [...texts, "x".repeat(5000), String({})]) {
      const error = failureOf(() => resolveHandle(text, () => undefined));
      expect(error, text).to.include({ name: "DataError", code: "not-a-handle" });
      expect(error.message).to.have.length.below(400);
    }
  });
});
