import { expect } from "chai";
import type { Receipt, Unit, UnitState } from "leasehold";
import { inEveryIsolation, type Place } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

const code = `
  let context, activity, release;
  export const activate = (given) => { context = given; };
  export const add = (a, b) => a + b;
  export const later = (value, ms) => new Promise((resolve) => setTimeout(resolve, ms, value));
  export const never = () => new Promise(() => {});
  export const hold = (label) => { activity = context.activity(label); };
  export const letGoIn = (ms) => { setTimeout(() => { activity.release(); activity.release(); }, ms); };
`;
interface Sample {
  add(a: number, b: number): number;
  later(value: string, ms: number): Promise<string>;
  never(): Promise<void>;
  hold(label: string): void;
  letGoIn(ms: number): void;
}

const statesOf = (unit: Unit): UnitState[] => {
  const states: UnitState[] = [];
  unit.addEventListener("statechange", () => states.push(unit.state));
  return states;
};

inEveryIsolation("the unload of a unit", ({ host, load, use }: Place) => {
  it("closes the exports at once", async () => {
    const unit = await load<Sample>(code);
    const unloading = unit.unload();
    const early = await rejection(unit.exports.add(1, 1));
    expect(early).to.include({ name: "DomainUnloadedError", code: "unit-unloaded", unit: unit.id });
    expect(early.message).to.include("add()");
    await unloading;
    expect((await rejection(unit.exports.add(1, 1))).name).to.equal("DomainUnloadedError");
    expect((await rejection((unit as unknown as Unit<{ a: { b: number } }>).exports.a.b)).message).to.include("a.b of");
    expect((await rejection(unit.mount(document.body))).name).to.equal("DomainUnloadedError");
  });

  it("waits for the calls that are under way, even those not sent yet", async () => {
    const unit = await load<Sample>(code);
    const slow = unit.exports.later("slow", 100);
    const unsent = unit.exports.add(1, 2);
    const states = statesOf(unit);
    const receipt = await unit.unload();
    expect(await Promise.all([slow, unsent])).to.deep.equal(["slow", 3]);
    expect(receipt).to.include({ reason: "requested", rejectedCalls: 0 });
    expect(states).to.deep.equal(["unloading", "finalizing", "unloaded"]);
  });

  it("says past its deadline what holds the unit, and goes on waiting", async () => {
    const unit = await load<Sample>(code);
    const slow = unit.exports.later("slow", 400);
    await unit.exports.hold("a download");
    const blocked = await rejection(unit.unload({ deadline: 50 }));
    expect(blocked).to.include({ name: "UnloadBlockedError", code: "unload-blocked", unit: unit.id });
    expect(blocked.message).to.include("later()").and.to.include("a download");
    expect(unit.state).to.equal("unloading");
    expect(await slow).to.equal("slow");
    const again = await rejection(unit.unload({ deadline: 10 }));
    expect(again.message).to.include("a download").and.not.to.include("later()");
    await unit.unload({ mode: "force" });
  });

  it("still comes, after its deadline, once nothing holds the unit", async () => {
    const unit = await load<Sample>(code);
    await unit.exports.hold("work");
    const letting = unit.exports.letGoIn(150);
    await rejection(unit.unload({ deadline: 20 }));
    await letting;
    expect(await unit.unloaded).to.deep.include({ reason: "requested", unit: unit.id });
  });

  it("is blocked by an activity until that is released", async () => {
    const unit = await load<Sample>(code);
    const leases: string[] = [];
    const record = (event: Event): void => {
      const { lease } = (event as CustomEvent<{ lease: { kind: string; label: string; unit: string; holder: string } }>)
        .detail;
      leases.push(`${event.type} ${lease.kind} ${lease.label} ${lease.holder}`);
    };
    host().addEventListener("lease", record);
    host().addEventListener("release", record);
    await unit.exports.hold("work");
    expect(host().stats().leases).to.equal(2);
    await unit.exports.letGoIn(100);
    const receipt = await unit.unload();
    host().removeEventListener("lease", record);
    host().removeEventListener("release", record);
    expect(receipt.duration).to.be.above(40);
    expect(receipt.released.leases).to.equal(2);
    expect(leases).to.deep.equal([
      "lease activity work sample@1.0.0",
      "release pin sample@1.0.0 host",
      "release activity work sample@1.0.0",
    ]);
  });

  it("rejects by force what is pending, and goes at once", async () => {
    const unit = await load<Sample>(code);
    await unit.exports.hold("work");
    const pending = [rejection(unit.exports.never()), rejection(unit.exports.later("late", 60_000))];
    await unit.exports.add(1, 1);
    const unsent = rejection(unit.exports.add(1, 2));
    const started = performance.now();
    const receipt = await unit.unload({ mode: "force" });
    expect(performance.now() - started).to.be.below(1000);
    expect(receipt).to.include({ reason: "forced", rejectedCalls: 3 });
    for (const [index, name] of ["never()", "later()", "add()"].entries()) {
      const error = await [...pending, unsent][index]!;
      expect(error).to.include({ name: "DomainUnloadedError", code: "unit-unloaded" });
      expect(error.message).to.include(name);
    }
  });

  it("is joined by a second one", async () => {
    const unit = await load<Sample>(code);
    const slow = unit.exports.later("slow", 50);
    const receipts = await Promise.all([unit.unload(), unit.unload(), unit.unload({ deadline: 5000 }), unit.unloaded]);
    expect(new Set<Receipt>(receipts).size).to.equal(1);
    expect(await unit.unload()).to.equal(receipts[0]);
    expect(await unit.unload({ mode: "force" })).to.equal(receipts[0]);
    expect(await slow).to.equal("slow");
  });

  it("is hurried by a forced one", async () => {
    const unit = await load<Sample>(code);
    const never = rejection(unit.exports.never());
    const waiting = unit.unload();
    const receipt = await unit.unload({ mode: "force" });
    expect(await waiting).to.equal(receipt);
    expect(receipt).to.include({ reason: "forced", rejectedCalls: 1 });
    expect((await never).name).to.equal("DomainUnloadedError");
  });

  it("can be asked for, or hurried, by who hears that it began", async () => {
    const unit = await load<Sample>(code);
    const never = rejection(unit.exports.never());
    unit.addEventListener("statechange", () => void unit.unload({ mode: "force" }), { once: true });
    expect(await unit.unload()).to.include({ reason: "forced", rejectedCalls: 1 });
    await never;
  });

  it("can be asked for by who gets an answer", async () => {
    const unit = await load<Sample>(code);
    const receipts = await Promise.all([1, 2, 3].map((n) => unit.exports.add(n, n).then(() => unit.unload())));
    expect(new Set(receipts).size).to.equal(1);
  });

  it("ends a load that is going on", async () => {
    let receipt: Promise<Receipt> | undefined;
    const loading = load(code, {
      onProgress({ phase }) {
        if (phase === "link") receipt = [...host().units.values()][0]!.unload();
      },
    });
    const error = await rejection(loading);
    expect(error).to.include({ name: "LoadError", code: "load-aborted", unit: "sample@1.0.0" });
    expect(await receipt).to.include({ reason: "requested", unit: "sample@1.0.0" });
    expect(host().units.size).to.equal(0);
  });

  it("can be repeated many times at once", async () => {
    const units = await Promise.all(Array.from({ length: 6 }, () => load<Sample>(code)));
    const sums = await Promise.all(units.map((unit, n) => unit.exports.add(n, n)));
    expect(sums).to.deep.equal([0, 2, 4, 6, 8, 10]);
    await Promise.all(units.map((unit) => unit.unload()));
    await until("the host is empty", () => host().units.size === 0);
    await use(code, () => {});
  });
});

inEveryIsolation(
  "a unit that never comes back from a call",
  ({ load, use }) => {
    it("is taken back by force all the same", async () => {
      const unit = await load<{ loop(): void }>(`export const loop = () => { for (;;); };`, {
        limits: { finalizers: 200 },
      });
      const looping = rejection(unit.exports.loop());
      await new Promise((resolve) => setTimeout(resolve, 50));
      const receipt = await unit.unload({ mode: "force" });
      expect((await looping).name).to.equal("DomainUnloadedError");
      expect(receipt).to.include({ reason: "forced", rejectedCalls: 1 });
      expect(receipt.finalizerErrors).to.have.length(1);
      expect(receipt.duration).to.be.within(150, 3000);
      await use<Sample>(code, async ({ exports }) => expect(await exports.add(1, 2)).to.equal(3));
    });
  },
  ["worker"], // in a realm it stops the page, in a frame its neighbours
);
