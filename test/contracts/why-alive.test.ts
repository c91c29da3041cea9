import { expect } from "chai";
import { createHost, release, type LeaseSnapshot, type Unit, type WhyAlive } from "leasehold";
import { collect, collectUntil } from "../support/collect.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { keeperCode, type Keeper } from "../support/units.js";

/** What a report says of each holder, without what differs from run to run. */
const told = ({ holders }: WhyAlive): string[] =>
  holders.map(({ kind, label, holder }) => `${kind} ${label.replace(/running .*/, "running")} by ${holder}`);

inEveryIsolation("why a unit is alive", ({ isolation, load, host }) => {
  const keeper = (name: string): Promise<Unit<Keeper>> => load<Keeper>(keeperCode, { manifest: { name } });

  it("is told with kind, label, holder, path, age and id of each lease", async () => {
    const unit = await keeper("one");
    const before = Date.now();
    const point = await unit.exports.make(1);
    const [pin, instance, ...rest] = unit.whyAlive().holders as [LeaseSnapshot, LeaseSnapshot];
    expect(rest).to.be.empty;
    expect(pin).to.include({ kind: "pin", unit: unit.id, holder: "host", label: unit.id });
    expect(instance).to.include({ kind: "instance", unit: unit.id, holder: "host", label: "Point" });
    expect(instance.path).to.deep.equal(["host", "Point"]);
    expect(instance.since).to.be.within(before, Date.now());
    expect(instance.id).to.be.above(pin.id);
    expect(unit.whyAlive().holders[1]!.id).to.equal(instance.id);
    expect(instance).not.to.have.property("site");
    release(point);
    await unit.unload();
  });

  it("is the same as data", async () => {
    const unit = await keeper("one");
    const point = await unit.exports.make(1);
    const report = unit.whyAlive();
    expect(structuredClone({ ...report })).to.deep.equal(JSON.parse(JSON.stringify(report)));
    expect(report).to.include({ unit: unit.id, state: "active", verdict: "held" });
    expect(host().snapshot().leases).to.deep.equal(report.holders);
    expect(host().snapshot().units).to.deep.equal([
      { id: unit.id, state: "active", isolation, grant: {}, leases: 2, pending: 0 },
    ]);
    release(point);
    await unit.unload();
  });

  it("names calls that are under way in either direction, with how long they have been running", async () => {
    const unit = await keeper("one");
    const never = rejection(unit.exports.never());
    const { promise, resolve } = Promise.withResolvers<string>();
    await unit.exports.keep("slow", () => promise);
    const applied = unit.exports.apply("slow");
    await unit.exports.count();
    expect(told(unit.whyAlive())).to.have.members([
      `pin ${unit.id} by host`,
      "call never() running by host",
      "call apply() running by host",
      `call the function() running by ${unit.id}`,
    ]);
    resolve("done");
    expect(await applied).to.equal("done");
    const unloading = unit.unload();
    const report = unit.whyAlive();
    expect(String(report)).to.match(/^1 call +never\(\) running \d+ m?s +held by host/m);
    expect(host().release(report.release)).to.equal(1);
    expect(await never).to.include({ name: "DomainUnloadedError", code: "call-cancelled" });
    await unloading;
  });

  it("has the smallest set of leases to release, which unloads the unit when it is applied", async () => {
    const unit = await keeper("one");
    const things = await Promise.all([1, 2].map((n) => unit.exports.make(n)));
    await unit.exports.start("work");
    const report = unit.whyAlive();
    expect(report.release).to.have.length(4);
    expect(host().release(report.release)).to.equal(4);
    expect((await unit.unloaded).reason).to.equal("requested");
    expect((await rejection(things[0]!.read())).name).to.equal("DomainUnloadedError");
  });

  it("holds nothing: asking changes no count, and what was asked about can be collected", async () => {
    const unit = await keeper("one");
    const stats = host().stats();
    const reports = await (async () => {
      await (await unit.exports.make(1)).read();
      return [unit.whyAlive(), host().snapshot()];
    })();
    await collectUntil("the thing was let go of", () => host().stats().leases === stats.leases);
    expect(reports).to.have.length(2);
    expect(told(unit.whyAlive())).to.deep.equal([`pin ${unit.id} by host`]);
    await unit.unload();
  });

  it("is one of four verdicts, kept apart", async () => {
    const unit = await load<Keeper>(
      `${keeperCode} export const deactivate = () => new Promise((resolve) => setTimeout(resolve, 300));`,
    );
    const point = await unit.exports.make(1);
    const unloading = unit.unload();
    expect(unit.whyAlive()).to.include({ verdict: "held", state: "unloading" });
    release(point);
    const waiting = unit.whyAlive();
    expect(waiting).to.include({ verdict: "awaiting-collection", state: "unloading" });
    expect(String(waiting)).to.include("held by nobody any more");
    await until("its finalizers run", () => unit.whyAlive().verdict !== "awaiting-collection");
    expect(unit.whyAlive()).to.include({ verdict: "finalizing", state: "finalizing" });
    expect(String(unit.whyAlive())).to.include("is running its finalizers; unload was asked for");
    await unloading;
    const gone = unit.whyAlive();
    expect(gone).to.deep.include({ verdict: "unloaded", state: "unloaded", holders: [], release: [] });
    expect(String(gone)).to.equal(`${unit.id} is unloaded.`);
  });

  it("counts alike leases in one line, and tells what does not hold the unit", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const things = await Promise.all(Array.from({ length: 30 }, (_, n) => one.exports.make(n)));
    await two.exports.keep("thing", things[0]);
    const first = rejection(two.unload({ deadline: 10 }));
    await one.exports.keep("two", two.exports).catch(() => {});
    await first.catch(() => {});
    const text = String(one.whyAlive());
    expect(text).to.match(/^\d instance +30 × Point +held by host/m);
    release(things);
    await Promise.all([one.unload(), two.unloaded]);
  });

  it("tells where in the page's code each lease was taken, of a host with diagnostics", async () => {
    const own = createHost({ pool: {}, diagnostics: true });
    const unit = await own.load<Keeper>({ code: keeperCode }, { isolation });
    const here = new Error().stack!.split("\n").find((line) => line.includes("why-alive.test"))!;
    const file = /(http\S*why-alive\.test[^:]*):/.exec(here)![1]!;
    const [point, list] = await Promise.all([unit.exports.make(1), unit.inside((exports) => [exports.make(2)])]);
    const never = rejection(unit.exports.never());
    const sites = unit.whyAlive().holders.map(({ kind, site }) => [kind, site?.replace(/:\d+$/, "")]);
    expect(sites).to.deep.equal([
      ["pin", file],
      ["instance", file],
      ["instance", file],
      ["call", file],
    ]);
    expect(unit.whyAlive().holders[1]!.site).to.match(/:\d+$/);
    release([point, list]);
    await own.dispose();
    await never;
  });
});

inEveryIsolation(
  "the memory of a unit that is unloaded",
  ({ load }) => {
    it("is unaccounted for while the page holds something that it took from its realm by hand", async () => {
      const unit = await load<Keeper>(keeperCode);
      // In functions of their own: a test that waits keeps whatever it has ever had in its hands.
      const taken: unknown[] = [];
      (() => taken.push((document.querySelector("iframe")!.contentWindow as unknown as { Array: unknown }).Array))();
      await unit.unload();
      expect(unit.whyAlive().verdict).to.equal("unloaded");
      await collectUntil("it is noticed", () => unit.whyAlive().verdict === "unaccounted");
      expect(String(unit.whyAlive())).to.include("outside the ledger");
      taken.length = 0;
      await collectUntil("it is gone", () => unit.whyAlive().verdict === "unloaded");
    });

    it("is not unaccounted for otherwise, however often garbage is collected", async () => {
      const unit = await load<Keeper>(keeperCode);
      await unit.unload();
      for (let turn = 0; turn < 30; turn++) {
        await collect();
        expect(unit.whyAlive().verdict).to.equal("unloaded");
      }
    });
  },
  ["realm"],
);
