import { expect } from "chai";
import { release, type Receipt } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { rounds } from "../support/rounds.js";
import { withPermanent } from "./lifetime-permanent.js";
import { busyCode, type Busy } from "./lifetime-mono-unit.js";
import { keepers } from "./lifetime-support.js";

inEveryIsolation("an application domain", (place) => {
  const { host, isolation, load } = place;
  const keeper = keepers(place);

  it("is made, used and unloaded over and over, and each gives all of itself back", async () => {
    const receipts: Receipt[] = [];
    const times = rounds(20);
    for (let n = 0; n < times; n++) {
      const unit = await keeper(`test-${n}`);
      release(await new unit.exports.Point(n));
      receipts.push(await unit.unload());
      expect(host().stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
    }
    const given = receipts.map(({ released: { frames, ports } }) => `${frames} ${ports}`);
    expect(given).to.deep.equal(Array(times).fill("1 1"));
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
    const unit = await load<Busy>(busyCode);
    const receipts = await Promise.all([unit.unload(), unit.unload(), unit.unload({ mode: "force" })]);
    receipts.push(await unit.unload(), await unit.unload({ mode: "force" }), await unit.unloaded);
    expect(new Set(receipts).size).to.equal(1);
  });

  it("says that it is finalizing while its finalizers run, and not before", async () => {
    const unit = await load<Busy>(busyCode);
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

  it("that is unloaded by force from inside gives its caller a typed error", async () => {
    const unit = await load<Busy>(busyCode);
    const unloadings: Promise<Receipt>[] = [];
    const error = await rejection(
      unit.exports.call(() => void unloadings.push(unit.unload({ mode: "force" }))) as never,
    );
    expect(error).to.include({ name: "DomainUnloadedError", code: "unit-unloaded", unit: unit.id });
    expect(error.message).to.include("call()");
    expect(await unloadings[0]).to.include({ reason: "forced", rejectedCalls: 1 });
  });

  it("that is unloaded from inside without force answers its caller first", async () => {
    const unit = await load<Busy>(busyCode);
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

  it("that is unloaded while it unloads is finalized once, and both hear of the same end", async () => {
    const unit = await load<Busy>(busyCode);
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
