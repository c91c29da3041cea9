import { expect } from "chai";
import { createHost, type HostEvents } from "leasehold";
import { collectUntil } from "../support/collect.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { unhandled } from "../support/unhandled.js";
import { until } from "../support/until.js";
import { keepers } from "./lifetime-support.js";
import { collectionOf } from "./support.js";

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
