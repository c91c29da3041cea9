import { expect } from "chai";
import { createHost, release, type Collectible, type Remote, type Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import type { Reflecting, Resolving, Token } from "./lifetime-reflecting.js";
import { collectOften } from "./support.js";

const code = `
  export let number = 1, text = "a", flag = false, list = [1], nothing = null;
  export const bump = () => ++number;
  export class Point {
    static origin = "here";
    x = 3;
    read() { return this.x; }
    static at(x) { return new Point(x); }
  }`;
interface Sample {
  number: number;
  bump(): number;
  Point: new () => { read(): number };
}
type Reflected = Unit<Sample> & Reflecting;

inEveryIsolation("what tells of a unit's exports", ({ host, load }) => {
  const open = async (collectible: Collectible = "explicit"): Promise<Reflected> =>
    (await load<Sample>(code, { collectible })) as Reflected;
  const held = (unit: Unit<Sample>): string[] => unit.whyAlive().holders.map(({ kind }) => kind);
  const resolve = <T>(handle: Token | string): Remote<T> => (host() as unknown as Resolving).resolveHandle<T>(handle);

  it("keeps it by a live binding, through nine collections, and that sees and makes every change", async () => {
    const unit = await open();
    const binding = await unit.binding<number>("number");
    await unit.exports.bump();
    const unloading = unit.unload();
    for (let n = 0; n < 9; n++) {
      await collectOften();
      expect(await binding.get()).to.equal(2 + n);
      await binding.set(3 + n);
      expect(unit.state).to.equal("unloading");
    }
    expect(held(unit)).to.deep.equal(["binding"]);
    binding.release();
    await unloading;
    expect((await rejection(binding.get())).name).to.be.oneOf(["DomainUnloadedError", "InvalidStateError"]);
  });

  const statics: Record<string, unknown> = {
    number: 2 ** 40,
    text: "b",
    flag: true,
    list: [1, [2]],
    nothing: { some: "thing" },
  };
  for (const [name, value] of Object.entries(statics)) {
    it(`writes its variable ${name} and reads it again`, async () => {
      const unit = await open();
      const binding = await unit.binding(name);
      await binding.set(value);
      expect(await binding.get()).to.deep.equal(value);
      binding.release();
      await unit.unload();
    });
  }

  it("keeps it by a collection that is empty, until that is released", async () => {
    const unit = await open();
    const points = unit.collectionOf("Point");
    expect(points.size).to.equal(0);
    const unloading = unit.unload();
    await collectOften();
    expect(held(unit)).to.deep.equal(["collection"]);
    points.release();
    await unloading;
  });

  for (const collectible of ["explicit", "auto"] as Collectible[]) {
    it(`calls it, and every member of it, collectible where its life is ${JSON.stringify(collectible)}`, async () => {
      const unit = await open(collectible);
      const reflection = await unit.reflect();
      const point = reflection.get("Point");
      const members = [...(point.methods ?? []), ...(point.statics ?? [])];
      expect(members.map(({ name }) => name)).to.include.members(["read", "at"]);
      for (const each of [...reflection.exports, ...members]) expect(each.collectible, each.name).to.equal(true);
      point.release();
      reflection.release();
      await unit.unload();
    });
  }

  it("calls it collectible what has one of its types for an argument", async () => {
    const unit = await open();
    const reflection = await unit.reflect();
    const point = reflection.get("Point");
    const points = point.arrayOf();
    expect(points.collectible).to.equal(true);
    point.release();
    reflection.release();
    const unloading = unit.unload();
    await collectOften();
    expect(held(unit)).to.include("reflection");
    points.release();
    await unloading;
  });

  it("keeps it by a handle of a type, a method and a field, and resolves them", async () => {
    const unit = await open();
    const handles = await Promise.all(["Point", "Point.read", "Point.origin"].map((path) => unit.handle(path)));
    expect(handles.map(({ path }) => path)).to.deep.equal(["Point", "Point.read", "Point.origin"]);
    const unloading = unit.unload();
    expect(held(unit)).to.deep.equal(["handle", "handle", "handle"]);
    const point = resolve<Sample["Point"]>(handles[0]!);
    const made = await new point();
    expect(await made.read()).to.equal(3);
    release([made, point]);
    for (const handle of handles) handle.release();
    await unloading;
  });

  it("is not kept by the text of a handle, which names nothing once the unit is gone", async () => {
    const unit = await open();
    const handle = await unit.handle("Point");
    const text = handle.toString();
    handle.release();
    await unit.unload({ deadline: 2000 });
    const error = await (async () => resolve(text))().catch((reason: Error) => reason);
    expect(error).to.include({ name: "DomainUnloadedError" });
  });
});

inEveryIsolation("what tells of a permanent unit's exports", ({ host, isolation }) => {
  it("calls none of them collectible", async () => {
    const own = createHost({ pool: {} });
    const manifest = { name: "permanent", version: "1.0.0" };
    const unit = await own.load<Sample>({ code, manifest }, { isolation, collectible: false });
    const reflection = await (unit as Reflected).reflect();
    for (const each of reflection.exports) expect(each.collectible, each.name).to.equal(false);
    expect(reflection.get("Point").arrayOf().collectible).to.equal(false);
    await own.dispose();
    expect(host().units.size).to.equal(0);
  });
});
