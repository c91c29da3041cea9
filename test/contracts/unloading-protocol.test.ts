import { expect } from "chai";
import { release, type Receipt, type Unit, type UnitState, type WhyAlive } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { keeperCode, type Keeper } from "../support/units.js";

/** Its finalizer is what the page gives it. */
const finalizing = `
  ${keeperCode}
  export const onEnd = (callback) => { kept.set("end", callback); };
  export const deactivate = () => kept.get("end")?.(new Point(3));
`;
type Finalizing = Keeper & { onEnd(callback: (point: unknown) => unknown): void };

const statesOf = (unit: Unit<Keeper>): UnitState[] => {
  const states: UnitState[] = [];
  unit.addEventListener("statechange", () => states.push(unit.state));
  return states;
};

inEveryIsolation("the way out of a unit", ({ load, host }) => {
  const keeper = (name: string, code = keeperCode): Promise<Unit<Finalizing>> =>
    load<Finalizing>(code, { manifest: { name } });

  it("goes back to waiting where a finalizer gave somebody a reference, and finalizers do not run again", async () => {
    const unit = await keeper("one", finalizing);
    const states = statesOf(unit);
    let calls = 0;
    let given: Keeper | undefined;
    await unit.exports.onEnd((point) => {
      calls++;
      given = point as Keeper;
    });
    const unloading = unit.unload();
    await until("it is waiting again", () => states.length === 3);
    expect(states).to.deep.equal(["unloading", "finalizing", "unloading"]);
    const blocked = await rejection(unit.unload({ deadline: 10 }));
    expect(blocked.message).to.match(/^1 instance +Point /m);
    expect(await (given as unknown as { read(): Promise<number> }).read()).to.equal(3);
    release(given);
    expect(await unloading).to.include({ reason: "requested" });
    expect(states.slice(3)).to.deep.equal(["finalizing", "unloaded"]);
    expect(calls).to.equal(1);
  });

  it("says past its deadline why, in words and as data, and still goes later", async () => {
    const unit = await keeper("one");
    const point = await unit.exports.make(1);
    const blocked = await rejection(unit.unload({ deadline: 20 }));
    expect(blocked).to.include({ name: "UnloadBlockedError", code: "unload-blocked", unit: unit.id });
    const report = blocked.cause as WhyAlive;
    expect(report).to.include({ verdict: "held", unit: unit.id });
    expect(report.holders.map(({ kind }) => kind)).to.deep.equal(["instance"]);
    expect(blocked.message).to.match(/^one@1.0.0 is still loaded; unload was asked for \d+ ms ago. 1 holder$/m);
    expect(blocked.message).to.match(/^1 instance +Point +held by host +\d+ ms$/m);
    expect(blocked.message).to.include("Cheapest way: release 1");
    expect(blocked.message).to.include('unload({ mode: "force" }) does not wait; it would end 1 reference.');
    release(point);
    expect((await unit.unloaded).reason).to.equal("requested");
  });

  it("can be asked for from inside a call of the unit, which is waited for", async () => {
    const unit = await keeper("one");
    let receipt: Promise<Receipt> | undefined;
    await unit.exports.keep("end", () => {
      receipt = unit.unload();
      return "asked";
    });
    expect(await unit.exports.apply("end")).to.equal("asked");
    expect(await receipt).to.include({ reason: "requested", rejectedCalls: 0 });
  });

  it("asked for and awaited from inside a call of the unit does not hang: it names that call, and goes when it ends", async () => {
    const unit = await keeper("one");
    await unit.exports.keep("end", async function selfUnload() {
      return (await rejection(unit.unload({ deadline: 30 }))).message;
    });
    const message = (await unit.exports.apply("end")) as string;
    expect(message).to.match(/call +apply\(\) running .* held by host/);
    expect(message).to.match(/call +the function\(\) running .* held by one@1.0.0/);
    expect((await unit.unloaded).reason).to.equal("requested");
  });

  it("asked for from inside its own finalizer is the same one", async () => {
    const unit = await keeper("one", finalizing);
    const joined: Promise<Receipt>[] = [];
    await unit.exports.onEnd((point) => {
      release(point);
      joined.push(unit.unload());
    });
    const receipt = await unit.unload();
    expect(receipt).to.deep.include({ reason: "requested", finalizerErrors: [] });
    expect(await joined[0]).to.equal(receipt);
  });

  it("awaited from inside its own finalizer ends with the finalizers' deadline", async () => {
    const unit = await load<Finalizing>(finalizing, { limits: { finalizers: 50 } });
    await unit.exports.onEnd((point) => {
      release(point);
      return unit.unload();
    });
    const receipt = await unit.unload({ mode: "force" });
    expect(receipt.finalizerErrors).to.have.length(1);
    expect(receipt.finalizerErrors[0]).to.include({ name: "TimeoutError", code: "finalizers-late" });
  });

  it("of two units at once ends both, and runs the finalizers of both before either is taken away", async () => {
    const told: string[] = [];
    const telling = (name: string): string =>
      `${keeperCode} export const deactivate = async () => { await kept.get("other").count(); await kept.get("tell")("${name}"); };`;
    const [one, two] = await Promise.all([keeper("one", telling("one")), keeper("two", telling("two"))]);
    const tell = (name: string): void => void told.push(`${name}: ${one.state} ${two.state}`);
    await Promise.all([one.exports.keep("other", two.exports), two.exports.keep("other", one.exports)]);
    await Promise.all([one.exports.keep("tell", tell), two.exports.keep("tell", tell)]);
    const receipts = await Promise.all([one.unload(), two.unload()]);
    expect(receipts.map(({ finalizerErrors }) => finalizerErrors)).to.deep.equal([[], []]);
    expect(told.sort()).to.deep.equal(["one: finalizing finalizing", "two: finalizing finalizing"]);
  });

  it("of a unit that others hold waits for them, not for their exports", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    await two.exports.keep("one", one.exports);
    const unloading = one.unload();
    expect(await two.exports.call("one", "count")).to.equal(0);
    expect((await rejection(one.exports.count())).name).to.equal("DomainUnloadedError");
    await two.exports.drop("one");
    await unloading;
    await two.unload();
  });

  it("counts in its receipt what was really released", async () => {
    const unit = await keeper("one");
    const things = await Promise.all([1, 2, 3].map((n) => unit.exports.make(n)));
    await unit.exports.start("work");
    const never = rejection(unit.exports.never());
    await unit.exports.count();
    expect(host().stats().leases).to.equal(6);
    const { released, rejectedCalls } = await unit.unload({ mode: "force" });
    expect(released.leases).to.equal(5);
    expect(rejectedCalls).to.equal(1);
    expect(host().stats().leases).to.equal(0);
    await never;
    release(things);
  });

  it("is open for a name at once: a unit loads again while one of the same name is going", async () => {
    const old = await keeper("one");
    const point = await old.exports.make(7);
    const unloading = old.unload();
    const fresh = await keeper("one");
    expect(fresh.id).to.equal("one@1.0.0#2");
    expect([await point.read(), await fresh.exports.count()]).to.deep.equal([7, 0]);
    release(point);
    await unloading;
    expect(await fresh.exports.count()).to.equal(0);
    await fresh.unload();
  });
});
