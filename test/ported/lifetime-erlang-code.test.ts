import { expect } from "chai";
import { release, type Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { holdersOf, keepers } from "./lifetime-support.js";
import { collectOften } from "./support.js";

const versioned = (version: number): string => `
  export const version = () => ${version};
  export const make = (a) => (b) => ${version} * 100 + a + b;
  const table = new Map();
  export const park = (name, fn) => { table.set(name, fn); };
  export const parkOwn = (name, a) => { table.set(name, make(a)); };
  export const unpark = (name) => { const fn = table.get(name); table.delete(name); fn[Symbol.dispose]?.(); };
  export const run = (name, b) => table.get(name)(b);
  export const never = () => new Promise(() => {});`;
interface Code {
  version(): number;
  make(a: number): (b: number) => number;
  park(name: string, fn: unknown): void;
  parkOwn(name: string, a: number): void;
  unpark(name: string): void;
  run(name: string, b: number): number;
  never(): Promise<void>;
}

inEveryIsolation("code with versions", (place) => {
  const { host, load } = place;
  const version = (number: number): Promise<Unit<Code>> =>
    load<Code>(versioned(number), { manifest: { name: "code", version: `${number}.0.0` } });

  it("is there in two at once: the new one starts while the old drains, and each caller sees its own", async () => {
    const first = await version(1);
    const held = await first.exports.make(1);
    const draining = first.unload();
    const second = await version(2);
    const fresh = await second.exports.make(1);
    expect(await Promise.all([held(1), fresh(1), second.exports.version()])).to.deep.equal([102, 202, 2]);
    expect([...host().units.values()].map(({ id, state }) => `${id} ${state}`)).to.deep.equal([
      "code@1.0.0 unloading",
      "code@2.0.0 active",
    ]);
    release(held);
    await draining;
    expect(await fresh(2)).to.equal(203);
    release(fresh);
    await second.unload();
  });

  it("may be asked whether an old version is still there, and what for", async () => {
    const isOld = (): string[] =>
      [...host().units.values()].filter(({ state }) => state !== "active").map(({ id }) => id);
    expect(isOld()).to.deep.equal([]);
    const first = await version(1);
    const held = await first.exports.make(1);
    expect(isOld()).to.deep.equal([]);
    const draining = first.unload();
    const second = await version(2);
    expect(isOld()).to.deep.equal(["code@1.0.0"]);
    expect(first.whyAlive()).to.deep.include({ verdict: "held", state: "unloading" });
    release(held);
    await draining;
    expect(isOld()).to.deep.equal([]);
    expect(first.whyAlive().verdict).to.equal("unloaded");
    await second.unload();
  });

  it("of an old version stays callable by a function that is held, and new calls of it are refused", async () => {
    const unit = await version(1);
    const held = await unit.exports.make(42);
    const purge = unit.unload();
    expect(await held(2)).to.equal(144);
    const undefinedNow = await rejection(unit.exports.make(33));
    expect(undefinedNow).to.include({ name: "DomainUnloadedError", code: "unit-unloaded" });
    release(held);
    await purge;
  });

  it("is not purged softly while a function of it is held, through every collection, and is once that is not", async () => {
    const unit = await version(1);
    const held = await unit.exports.make(42);
    const blocked = await rejection(unit.unload({ deadline: 20 }));
    expect(blocked).to.include({ name: "UnloadBlockedError", code: "unload-blocked" });
    expect(blocked.message).to.match(/^1 callback /m);
    await collectOften();
    expect(unit.state).to.equal("unloading");
    expect(await held(6)).to.equal(148);
    release(held);
    expect(await unit.unload()).to.include({ reason: "requested" });
  });

  it("is purged hard whoever holds a function of it: the callers get a typed error", async () => {
    const unit = await version(1);
    const held = await unit.exports.make(42);
    const running = rejection(unit.exports.never());
    expect(await unit.unload({ mode: "force" })).to.include({ reason: "forced", rejectedCalls: 1 });
    for (const error of [await running, await rejection(held(1))]) expect(error.name).to.equal("DomainUnloadedError");
    release(held);
  });

  it("is not kept by a function that is parked in a table of its own", async () => {
    const unit = await version(1);
    await unit.exports.parkOwn("fn", 7);
    expect(await unit.exports.run("fn", 1)).to.equal(108);
    expect(await unit.unload({ deadline: 2000 })).to.include({ reason: "requested" });
  });

  it("is kept by a function that is parked in a table of another, which nobody calls, until it is dropped there", async () => {
    const [unit, other] = await Promise.all([version(1), keepers(place)("other")]);
    const fn = await unit.exports.make(7);
    await other.exports.keep("fn", fn);
    release(fn);
    const purge = unit.unload();
    expect(holdersOf(unit as never)).to.have.length(1);
    expect((await rejection(unit.unload({ deadline: 20 }))).message).to.match(/^1 callback .*held by other@1.0.0/m);
    expect(await other.exports.apply("fn", 1)).to.equal(108);
    await other.exports.drop("fn");
    expect(await purge).to.include({ reason: "requested" });
    await other.unload();
  });

  it("of one version is not kept by a function of the other, which looks the same", async () => {
    const [first, second] = await Promise.all([version(1), version(2)]);
    const [mine, same] = await Promise.all([first.exports.make(1), second.exports.make(1)]);
    release(mine);
    expect(await first.unload({ deadline: 2000 })).to.include({ reason: "requested" });
    expect(await same(1)).to.equal(202);
    release(same);
    await second.unload();
  });
});
