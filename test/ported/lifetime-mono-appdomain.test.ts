import { expect } from "chai";
import { release, type Receipt } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { withPermanent } from "./lifetime-permanent.js";
import { keepers } from "./lifetime-support.js";
import { settled } from "./support.js";

/** A unit that works on its own, and is slow to end. */
const code = `
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  let context, work, tell = () => {}, stays = false;
  export const activate = (given) => { context = given; };
  export const listen = (listener) => { tell = listener; };
  export const tick = (ms) => { setInterval(() => tell("tick"), ms); };
  export const queue = (ms) => { setTimeout(() => tell("late"), ms); };
  export const refuse = () => { work = context.activity("refusing to go"); };
  export const stop = () => { work.release(); };
  export const stay = () => { stays = true; };
  export const sleep = (ms) => pause(ms);
  export const call = (fn) => fn();
  export const deactivate = async () => {
    await tell("finalizing");
    await pause(stays ? 60_000 : 30);
    await tell("finalized");
  };`;
interface Sample {
  listen(listener: (word: string) => unknown): void;
  tick(ms: number): void;
  queue(ms: number): void;
  refuse(): void;
  stop(): void;
  stay(): void;
  sleep(ms: number): Promise<void>;
  call(fn: () => unknown): unknown;
}

inEveryIsolation("an application domain", (place) => {
  const { host, isolation, load } = place;
  const keeper = keepers(place);

  it("is made, used and unloaded ten times, and each gives all of itself back", async () => {
    const receipts: Receipt[] = [];
    for (let n = 0; n < 10; n++) {
      const unit = await keeper(`test-${n}`);
      release(await new unit.exports.Point(n));
      receipts.push(await unit.unload());
      expect(host().stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
    }
    const given = receipts.map(({ released: { frames, ports } }) => `${frames} ${ports}`);
    expect(given).to.deep.equal(Array(10).fill("1 1"));
  });

  it("that is the page's to keep refuses to be unloaded, and works on", () =>
    withPermanent(isolation, async (permanent) => {
      for (const mode of ["wait", "force"] as const) {
        const refused = await rejection(permanent.unload({ mode }));
        expect(refused).to.include({ name: "NotSupportedError", code: "unit-permanent" });
      }
      expect(await permanent.exports.count()).to.equal(0);
      expect(permanent.state).to.equal("active");
    }));

  it("is unloaded once, however often that is asked for, then and later", async () => {
    const unit = await load<Sample>(code);
    const receipts = await Promise.all([unit.unload(), unit.unload(), unit.unload({ mode: "force" })]);
    receipts.push(await unit.unload(), await unit.unload({ mode: "force" }), await unit.unloaded);
    expect(new Set(receipts).size).to.equal(1);
  });

  it("says that it is finalizing while its finalizers run, and not before", async () => {
    const unit = await load<Sample>(code);
    const seen: string[] = [];
    const look = (word: string): void => void seen.push(`${word}: ${unit.state}, ${unit.whyAlive().verdict}`);
    await unit.exports.listen(look);
    look("before");
    await unit.unload();
    look("after");
    expect(seen).to.deep.equal([
      "before: active, held",
      "finalizing: finalizing, finalizing",
      "finalized: finalizing, finalizing",
      "after: unloaded, unloaded",
    ]);
  });

  it("takes the loop with it that runs inside", async () => {
    const unit = await load<Sample>(code);
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
    const unit = await load<Sample>(code);
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
    const unit = await load<Sample>(code, { limits: { finalizers: 80 } });
    await unit.exports.stay();
    const { finalizerErrors, reason } = await unit.unload();
    expect(reason).to.equal("requested");
    expect((finalizerErrors as Error[]).map(({ name }) => name)).to.deep.equal(["TimeoutError"]);
  });

  it("drops what it has queued for later, and does not wait for it", async () => {
    const unit = await load<Sample>(code);
    const heard: string[] = [];
    await unit.exports.listen((word) => void heard.push(word));
    await unit.exports.queue(250);
    await unit.exports.queue(100_000);
    expect((await unit.unload()).duration).to.be.below(240);
    await settled(300);
    expect(heard).to.deep.equal(["finalizing", "finalized"]);
  });

  it("that is unloaded by force from inside gives its caller a typed error", async () => {
    const unit = await load<Sample>(code);
    const unloadings: Promise<Receipt>[] = [];
    const error = await rejection(
      unit.exports.call(() => void unloadings.push(unit.unload({ mode: "force" }))) as never,
    );
    expect(error).to.include({ name: "DomainUnloadedError", code: "unit-unloaded", unit: unit.id });
    expect(error.message).to.include("call()");
    expect(await unloadings[0]).to.include({ reason: "forced", rejectedCalls: 1 });
  });

  it("that is unloaded from inside without force answers its caller first", async () => {
    const unit = await load<Sample>(code);
    const unloadings: Promise<Receipt>[] = [];
    const answer = unit.exports.call(() => {
      unloadings.push(unit.unload());
      return "answered";
    });
    expect(await answer).to.equal("answered");
    expect(await unloadings[0]).to.include({ reason: "requested", rejectedCalls: 0 });
  });

  it("answers no call any more: what was got of it before rejects", async () => {
    const unit = await keeper("dead");
    const thing = await unit.exports.make(123);
    await unit.unload({ mode: "force" });
    for (const call of [thing.read(), unit.exports.count()]) {
      expect(await rejection(call)).to.include({ name: "DomainUnloadedError", unit: unit.id });
    }
    release(thing);
  });

  it("that sleeps is taken by force without delay", async () => {
    const unit = await load<Sample>(code);
    const sleeping = rejection(unit.exports.sleep(10_000));
    await unit.exports.queue(10_000);
    const { duration, rejectedCalls } = await unit.unload({ mode: "force" });
    expect((await sleeping).name).to.equal("DomainUnloadedError");
    expect(duration).to.be.below(1000);
    expect(rejectedCalls).to.equal(1);
  });

  it("that is unloaded while it unloads is finalized once, and both hear of the same end", async () => {
    const unit = await load<Sample>(code);
    const heard: string[] = [];
    let second: Promise<Receipt> | undefined;
    await unit.exports.listen((word) => {
      heard.push(word);
      second ??= unit.unload();
    });
    const first = await unit.unload();
    expect(await second).to.equal(first);
    expect(heard).to.deep.equal(["finalizing", "finalized"]);
  });
});
