import { expect } from "chai";
import { createHost, release, type Host, type Isolation, type Unit, type UnitState } from "leasehold";
import { collect, collectUntil } from "../support/collect.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { keeperCode, type Keeper } from "../support/units.js";

inEveryIsolation("the lives of a unit", ({ isolation, load, host }) => {
  const keeper = (name: string, collectible?: "explicit" | "auto"): Promise<Unit<Keeper>> =>
    load<Keeper>(keeperCode, { manifest: { name }, ...(collectible !== undefined && { collectible }) });

  it("are explicit unless asked otherwise: nothing but unload() ends it", async () => {
    const unit = await keeper("one");
    expect(unit.collectible).to.equal("explicit");
    unit.release();
    await unit.exports.count();
    expect(unit.state).to.equal("active");
    expect(unit.whyAlive()).to.deep.include({ verdict: "held", state: "active" });
    expect(unit.whyAlive().holders.map(({ kind }) => kind)).to.deep.equal(["pin"]);
    await unit.unload();
  });

  it("are automatic where asked for: it goes once it was released and nothing holds it, without a call", async () => {
    const unit = await keeper("one", "auto");
    const states: UnitState[] = [];
    unit.addEventListener("statechange", () => states.push(unit.state));
    await unit.exports.count();
    expect(unit.state).to.equal("active");
    unit.release();
    unit.release();
    const receipt = await unit.unloaded;
    expect(receipt).to.include({ reason: "collected", rejectedCalls: 0 });
    expect(receipt.released).to.include({ frames: 1, ports: 1 });
    expect(states).to.deep.equal(["unloading", "finalizing", "unloaded"]);
  });

  it("of an automatic unit last while the page holds a reference, or waits for a call", async () => {
    const unit = await keeper("one", "auto");
    const thing = await unit.exports.make(5);
    const slow = unit.exports.make(6);
    unit.release();
    const other = await slow;
    expect(await thing.read()).to.equal(5);
    expect(await unit.exports.count()).to.equal(0);
    release(thing);
    expect(await other.read()).to.equal(6);
    expect(unit.state).to.equal("active");
    release(other);
    expect((await unit.unloaded).reason).to.equal("collected");
  });

  it("of an automatic unit can be ended by unload(), too", async () => {
    const unit = await keeper("one", "auto");
    expect((await unit.unload()).reason).to.equal("requested");
  });

  it("can be permanent: unload() is refused, and only the host ends it", async () => {
    const host = createHost({ pool: {} });
    const unit = await loadPermanent(host, isolation);
    const refused = await rejection(unit.unload());
    expect(refused).to.include({ name: "NotSupportedError", code: "unit-permanent", unit: unit.id });
    expect((await rejection(unit.unload({ mode: "force" }))).name).to.equal("NotSupportedError");
    unit.release();
    expect(await unit.exports.count()).to.equal(0);
    expect(unit.state).to.equal("active");
    expect(unit.whyAlive().release).to.deep.equal([]);
    await host.dispose();
    expect((await unit.unloaded).reason).to.equal("forced");
  });

  it("of an automatic unit end when what the page held was merely dropped", async () => {
    const unit = await keeper("one", "auto");
    await (async () => void (await (await unit.exports.make()).read()))();
    unit.release();
    await collectUntil("the unit has gone", () => unit.state === "unloaded");
    expect((await unit.unloaded).reason).to.equal("collected");
  });

  it("of an automatic unit end though a closure of the page, which the unit holds, holds the unit", async () => {
    const unit = await keeper("one", "auto");
    await (async () => {
      const thing = await unit.exports.make(7);
      await thing.on((value) => [value, thing]);
      expect(await thing.fire(3)).to.have.length(2);
    })();
    unit.release();
    await collectUntil("the unit has gone", () => unit.state === "unloaded");
    expect((await unit.unloaded).reason).to.equal("collected");
  });

  it("of an explicit unit that was asked to go end so, too", async () => {
    const unit = await keeper("one");
    await (async () => {
      const thing = await unit.exports.make(7);
      await thing.on((value) => [value, thing]);
    })();
    const unloading = unit.unload();
    await collectUntil("the unit has gone", () => unit.state === "unloaded");
    expect((await unloading).reason).to.equal("requested");
  });

  it("of an explicit unit that was asked to go end so where it keeps, unawaited, what the page answered with", async () => {
    const unit = await load<{ use(listener: unknown): void; step(listener: unknown): Promise<number> }>(`
      class Thing { read() { return 5; } self() { return this; } }
      const kept = [];
      export const use = (listener) => { kept.push(listener(new Thing())); };
      export const step = (listener) => { const thing = listener(new Thing()); kept.push(thing); return thing.self().read(); };
    `);
    await (async () => {
      await unit.exports.use((thing: unknown) => thing);
      expect(await unit.exports.step((thing: unknown) => thing)).to.equal(5);
    })();
    const unloading = unit.unload();
    await collectUntil("the unit has gone", () => unit.state === "unloaded");
    expect((await unloading).reason).to.equal("requested");
  });

  it("end so, too, while the page has still got a thing and a handle that it has let go of", async () => {
    const unit = await keeper("one");
    const [thing, handle] = await Promise.all([unit.exports.make(6), unit.handle("Point.read")]);
    await holdInCycle(unit);
    release(thing);
    handle.release();
    const unloading = unit.unload();
    await collectUntil("the unit has gone", () => unit.state === "unloaded");
    expect((await unloading).reason).to.equal("requested");
    expect((await rejection(thing.read())).name).to.equal("DomainUnloadedError");
    expect(String(handle)).to.include("Point.read");
  });

  it("end so, too, while another unit has still got a thing that the host has let go of", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const thing = await one.exports.make(6);
    await two.exports.keep("thing", thing);
    release(thing);
    await holdInCycle(one);
    const unloading = one.unload();
    const lent = one.whyAlive().holders.find(({ holder }) => holder === two.id)!;
    expect(host().release([lent.id])).to.equal(1);
    await collectUntil("the unit has gone", () => one.state === "unloaded");
    expect((await unloading).reason).to.equal("requested");
    await two.unload();
  });

  it("last while the page has a method of a thing in its hands, though not the thing", async () => {
    const unit = await keeper("one", "auto");
    const { read } = await (async () => ({ read: (await unit.exports.make(8)).read }))();
    unit.release();
    for (let turn = 0; turn < 5; turn++) await collect();
    expect(await read()).to.equal(8);
    expect(unit.state).to.equal("active");
    await unit.unload({ mode: "force" });
  });

  it("of two automatic units that hold each other end together", async () => {
    const [one, two] = await Promise.all([keeper("one", "auto"), keeper("two", "auto")]);
    const [first, second] = await Promise.all([one.exports.make(1), two.exports.make(2)]);
    await Promise.all([one.exports.keep("other", second), two.exports.keep("other", first)]);
    one.release();
    two.release();
    release([first, second]);
    const receipts = await Promise.all([one.unloaded, two.unloaded]);
    expect(receipts.map(({ reason }) => reason)).to.deep.equal(["collected", "collected"]);
  });

  it("of two automatic units end together though both hold closures of the page that hold them", async () => {
    const [one, two] = await Promise.all([keeper("one", "auto"), keeper("two", "auto")]);
    await (async () => {
      const [first, second] = await Promise.all([one.exports.make(1), two.exports.make(2)]);
      await first.on(() => second);
      await second.on(() => first);
    })();
    one.release();
    two.release();
    await collectUntil("both have gone", () => one.state === "unloaded" && two.state === "unloaded");
  });
});

/** Has a unit hold a closure of the page that holds the unit. */
async function holdInCycle(unit: Unit<Keeper>): Promise<void> {
  const thing = await unit.exports.make(7);
  await thing.on(() => thing);
}

const loadPermanent = (host: Host, isolation: Isolation): Promise<Unit<Keeper>> =>
  host.load<Keeper>(
    { code: keeperCode, manifest: { name: "permanent", version: "1.0.0" } },
    { isolation, collectible: false },
  );

inEveryIsolation("a reference that the page passes on to another unit", ({ isolation, load, host }) => {
  const keeper = (name: string, collectible: "explicit" | "auto" = "explicit"): Promise<Unit<Keeper>> =>
    load<Keeper>(keeperCode, { manifest: { name }, collectible });

  it("is that unit's from then on: the page may let go of its own", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const thing = await one.exports.make(5);
    await two.exports.keep("thing", thing);
    release(thing);
    expect(await two.exports.call("thing", "read")).to.equal(5);
    const { holders, verdict } = one.whyAlive();
    expect(verdict).to.equal("held");
    expect(holders.map(({ kind, holder, label, path }) => [kind, holder, label, path])).to.deep.equal([
      ["pin", "host", "one@1.0.0", ["host", "one@1.0.0"]],
      ["instance", "two@1.0.0", "Point", ["host", "two@1.0.0", "Point"]],
    ]);
    const unloading = one.unload();
    expect((await rejection(one.unload({ deadline: 20 }))).message).to.match(/^1 instance +Point +held by two@1.0.0/m);
    await two.exports.drop("thing");
    expect((await unloading).reason).to.equal("requested");
    await two.unload();
  });

  it("comes home as what the page has", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const thing = await one.exports.make(5);
    await two.exports.keep("thing", thing);
    expect(await two.exports.give("thing")).to.equal(thing);
    release(thing);
    const again = (await two.exports.give("thing")) as typeof thing;
    expect(again).not.to.equal(thing);
    expect(await again.read()).to.equal(5);
    expect(await thing.self().catch((error: Error) => error.name)).to.equal("InvalidStateError");
    await one.exports.keep("mine", again);
    expect(await one.exports.call("mine", "read")).to.equal(5);
    release(again);
    await Promise.all([two.unload(), one.unload()]);
  });

  it("leaves nothing with the page of what goes through it", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    await two.exports.keep("one", one.exports);
    const mine = await two.exports.make(9);
    await two.exports.keep("mine", mine);
    release(mine);
    expect(await two.exports.call("one", "keep", "far", two.exports.Point)).to.equal(undefined);
    const kinds = (unit: Unit<Keeper>): string[] =>
      unit.whyAlive().holders.map(({ kind, holder, label }) => `${kind} ${label} ${holder}`);
    expect(kinds(one)).to.deep.equal(["pin one@1.0.0 host", "dependent exports two@1.0.0"]);
    expect(kinds(two)).to.deep.equal(["pin two@1.0.0 host", "type Point one@1.0.0"]);
    await two.exports.drop("one");
    await two.unload({ mode: "force" });
    await one.unload();
  });

  it("rejects for that unit, with a typed error, once the unit it is of is gone", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const thing = await one.exports.make(5);
    await two.exports.keep("thing", thing);
    release(thing);
    const pending = rejection(two.exports.call("thing", "never") as Promise<unknown>);
    await one.unload({ mode: "force" });
    expect((await pending).name).to.equal("DomainUnloadedError");
    const after = await rejection(two.exports.call("thing", "read") as Promise<unknown>);
    expect(after.name).to.equal("DomainUnloadedError");
    await two.unload();
  });

  it("is called by nobody any more once that unit is gone: what it has called keeps the other no longer", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    await two.exports.keep("one", one.exports);
    const calling = rejection(two.exports.call("one", "never") as Promise<unknown>);
    await until("the call is under way", () => one.whyAlive().holders.some(({ kind }) => kind === "call"));
    await two.unload({ mode: "force" });
    await calling;
    expect((await one.unload({ deadline: 1000 })).reason).to.equal("requested");
  });

  it("is let go of by the host, where its report says so", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const thing = await one.exports.make(5);
    await two.exports.keep("thing", thing);
    release(thing);
    const unloading = one.unload();
    const report = one.whyAlive();
    expect(report.release).to.have.length(1);
    expect(host().release(report.release)).to.equal(1);
    await unloading;
    const after = await rejection(two.exports.call("thing", "read") as Promise<unknown>);
    expect(after.name).to.equal("DomainUnloadedError");
    await two.unload();
  });

  it("is told together with unloading its holder, where that takes less", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const things = await Promise.all([1, 2, 3].map((n) => one.exports.make(n)));
    await Promise.all(things.map((thing, n) => two.exports.keep(String(n), thing)));
    release(things);
    const unloading = one.unload();
    const report = one.whyAlive();
    expect(report.holders).to.have.length(3);
    expect(String(report)).to.include("Cheapest way: release unload two@1.0.0;");
    expect(host().release(report.release)).to.equal(1);
    await Promise.all([unloading, two.unloaded]);
  });

  it("is the exports as a whole: then the unit depends on the other, and neither goes before", async () => {
    const [one, two] = await Promise.all([keeper("one", "auto"), keeper("two")]);
    await two.exports.keep("one", one.exports);
    one.release();
    expect(await two.exports.call("one", "count")).to.equal(0);
    expect(one.whyAlive().holders.map(({ kind, holder }) => [kind, holder])).to.deep.equal([["dependent", two.id]]);
    expect(one.state).to.equal("active");
    await two.unload();
    expect((await one.unloaded).reason).to.equal("collected");
  });

  it("keeps neither of two units that hold each other, once both were asked to go", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    await Promise.all([one.exports.keep("two", two.exports), two.exports.keep("one", one.exports)]);
    const first = one.unload();
    expect((await rejection(one.unload({ deadline: 20 }))).message).to.include("Cheapest way: release 1;");
    const receipts = await Promise.all([first, two.unload()]);
    expect(receipts.map(({ reason }) => reason)).to.deep.equal(["requested", "requested"]);
  });

  it("is refused where a permanent unit would depend on one that goes, naming both", async () => {
    const own = createHost({ pool: {} });
    const [one, two] = await Promise.all([keeper("one"), loadPermanent(own, isolation)]);
    const refused = await rejection(two.exports.keep("one", one.exports));
    expect(refused).to.include({ name: "NotSupportedError", code: "permanent-depends" });
    expect(refused.message).to.include("one@1.0.0").and.to.include("permanent@1.0.0").and.to.include("collectible");
    await one.unload();
    await own.dispose();
  });
});
