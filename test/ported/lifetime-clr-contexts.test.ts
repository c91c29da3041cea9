import { expect } from "chai";
import { createHost, release, type HostEvents, type Unit } from "leasehold";
import { collectUntil } from "../support/collect.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { unhandled } from "../support/unhandled.js";
import type { Keeper } from "../support/units.js";
import { until } from "../support/until.js";
import { collectInside, keepers } from "./lifetime-support.js";
import { collectionOf, collectOften } from "./support.js";

inEveryIsolation("a collectible context", (place) => {
  const { host, isolation, load } = place;
  const keeper = keepers(place);

  it("that is empty unloads, and nothing can be brought into it afterwards", async () => {
    const unit = await load("");
    expect(await unit.unload()).to.include({ reason: "requested", rejectedCalls: 0 });
    const compiled = rejection(unit.inside(() => 1));
    const planned = rejection(unit.chunk(() => 1));
    for (const error of await Promise.all([compiled, planned])) {
      expect(error).to.include({ name: "DomainUnloadedError", code: "unit-unloaded", unit: unit.id });
    }
  });

  it("whose host was disposed of loads nothing more", async () => {
    const own = createHost({ pool: {} });
    await own.load({ code: "" }, { isolation });
    await own.dispose();
    const refused = await rejection(own.load({ code: "" }, { isolation }));
    expect(refused).to.include({ name: "InvalidStateError", code: "host-disposed" });
  });

  it("that is empty goes without a call to unload, once nobody has a use for it", async () => {
    const unit = await load("", { collectible: "auto" });
    unit.release();
    expect((await unit.unloaded).reason).to.equal("collected");
  });

  it("is garbage itself after that, though nobody unloaded it", async () => {
    const isGarbage = await (async () => {
      const unit = await load("", { collectible: "auto" });
      unit.release();
      return collectionOf(unit);
    })();
    await until("it has gone", () => host().units.size === 0);
    await collectUntil("the object is garbage", isGarbage);
  });

  it("with one module in it unloads, and its object is garbage", async () => {
    const isGarbage = await (async () => {
      const unit = await keeper("one");
      await unit.exports.count();
      await unit.unload();
      return collectionOf(unit);
    })();
    expect(host().units.size).to.equal(0);
    await collectUntil("the object is garbage", isGarbage);
  });

  it("with two modules in it unloads with both", async () => {
    const modules = {
      "index.js": `export { one } from "./one.js"; export const two = async () => (await import("./two.js")).two;`,
      "one.js": `export const one = 1;`,
      "two.js": `export const two = 2;`,
    };
    const manifest = { name: "several", version: "1.0.0" };
    const unit = await host().load<{ one: number; two(): number }>({ manifest, modules }, { isolation });
    expect(await Promise.all([unit.exports.one, unit.exports.two()])).to.deep.equal([1, 2]);
    const { released } = await unit.unload();
    expect(released.urls).to.be.at.least(3);
    expect(host().stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
  });

  it("is not kept by a static of its own that holds an instance of its own", async () => {
    const unit = await load<{ fill(): void; read(): number }>(`
      class Thing { static only; value = 7; }
      export const fill = () => { Thing.only = new Thing(); };
      export const read = () => Thing.only.value;`);
    await unit.exports.fill();
    expect(await unit.exports.read()).to.equal(7);
    expect(await unit.unload({ deadline: 2000 })).to.include({ reason: "requested" });
  });

  const references = {
    "a type": async ({ exports }: Unit<Keeper>) => (await exports.Point) as object,
    "an instance": async ({ exports }: Unit<Keeper>) => (await exports.make(5)) as object,
  };
  for (const [what, take] of Object.entries(references)) {
    it(`is not kept by a weak reference to ${what}, which is empty afterwards`, async () => {
      const unit = await keeper("one");
      const isGarbage = await (async () => collectionOf(await take(unit)))();
      const unloading = unit.unload({ deadline: 30_000 });
      await collectUntil("it has gone", () => unit.state === "unloaded");
      await unloading;
      await collectUntil("the reference is empty", isGarbage);
    });

    it(`is kept by a strong reference to ${what} through every collection, and goes when that is released`, async () => {
      const unit = await keeper("one");
      const held = await take(unit);
      const unloading = unit.unload();
      await collectOften();
      expect(unit.state).to.equal("unloading");
      expect(host().units.size).to.equal(1);
      release(held);
      expect(await unloading).to.include({ reason: "requested" });
      expect(host().units.size).to.equal(0);
    });
  }

  it("outlasts its unload while an instance in another holds one of its, and goes when that is dropped", async () => {
    const [first, second] = await Promise.all([keeper("first"), keeper("second")]);
    let unloaded = 0;
    for (const { unloaded: gone } of [first, second]) void gone.then(() => unloaded++);
    const thing = await second.exports.make(2);
    await first.exports.keep("instance", thing);
    release(thing);
    const unloading = second.unload();
    await collectOften();
    expect(unloaded).to.equal(0);
    expect(await first.exports.call("instance", "read")).to.equal(2);
    await first.exports.drop("instance");
    await unloading;
    await collectOften();
    expect(unloaded).to.equal(1);
    await first.unload();
    expect(unloaded).to.equal(2);
  });

  it("goes, too, when that instance was merely forgotten by the other", async () => {
    const [first, second] = await Promise.all([keeper("first"), keeper("second")]);
    await (async () => {
      const [instance, thing] = await Promise.all([first.exports.make(1), second.exports.make(2)]);
      await instance.on(thing as unknown as (value: number) => unknown);
      release([instance, thing]);
    })();
    const unloading = second.unload({ deadline: 30_000 });
    await until("what the first forgot is found", async () => {
      await collectInside(first);
      return second.state === "unloaded";
    });
    await unloading;
    expect(first.state).to.equal("active");
    await first.unload();
  });

  it("that cannot be made fails by exactly one error", async () => {
    const told: string[] = [];
    const hear = ({ type }: Event): void => void told.push(type);
    const types: (keyof HostEvents)[] = ["load", "unload", "crash"];
    for (const type of types) host().addEventListener(type, hear);
    const rest = await unhandled(async () => {
      const error = await rejection(load(`import { missing, lost } from "./index.js"; export const there = missing;`));
      expect(error).to.include({ name: "LoadError", unit: "sample" }).and.not.to.be.instanceOf(AggregateError);
    });
    for (const type of types) host().removeEventListener(type, hear);
    expect(rest).to.deep.equal([]);
    expect(told.filter((type) => type !== "unload")).to.deep.equal([]);
    expect(host().units.size).to.equal(0);
  });
});
