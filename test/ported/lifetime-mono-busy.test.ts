import { expect } from "chai";
import { release } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { busyCode, type Busy } from "./lifetime-mono-unit.js";
import { settled } from "./support.js";

inEveryIsolation("a busy application domain", ({ load }) => {
  it("takes the loop with it that runs inside", async () => {
    const unit = await load<Busy>(busyCode);
    let ticks = 0;
    await unit.exports.listen((word) => void (ticks += Number(word === "tick")));
    await unit.exports.tick(5);
    await until("it runs", () => ticks > 2);
    await unit.unload();
    const atEnd = ticks;
    await settled(60);
    expect(ticks).to.equal(atEnd);
  });

  it("that refuses to go is told of by an error, and goes when that is tried again later", async () => {
    const unit = await load<Busy>(busyCode);
    await unit.exports.refuse();
    const stop = unit.exports.stop;
    const held = await stop;
    const blocked = await rejection(unit.unload({ deadline: 40 }));
    expect(blocked).to.include({ name: "UnloadBlockedError", code: "unload-blocked", unit: unit.id });
    expect(blocked.message).to.include("refusing to go");
    expect(unit.state).to.equal("unloading");
    await held();
    release(held);
    expect(await unit.unload()).to.include({ reason: "requested" });
  });

  it("whose finalizers refuse to end goes past their limit, and the receipt says so", async () => {
    const unit = await load<Busy>(busyCode, { limits: { finalizers: 80 } });
    await unit.exports.stay();
    const { finalizerErrors, reason } = await unit.unload();
    expect(reason).to.equal("requested");
    expect((finalizerErrors as Error[]).map(({ name }) => name)).to.deep.equal(["TimeoutError"]);
  });

  it("drops what it has queued for later, and does not wait for it", async () => {
    const unit = await load<Busy>(busyCode);
    const heard: string[] = [];
    await unit.exports.listen((word) => void heard.push(word));
    await unit.exports.queue(250);
    await unit.exports.queue(100_000);
    expect((await unit.unload()).duration).to.be.below(240);
    await settled(300);
    expect(heard).to.deep.equal(["finalizing", "finalized"]);
  });

  it("that sleeps is taken by force without delay", async () => {
    const unit = await load<Busy>(busyCode);
    const sleeping = rejection(unit.exports.sleep(10_000));
    await unit.exports.queue(10_000);
    const { duration, rejectedCalls } = await unit.unload({ mode: "force" });
    expect((await sleeping).name).to.equal("DomainUnloadedError");
    expect(duration).to.be.below(1000);
    expect(rejectedCalls).to.equal(1);
  });
});
