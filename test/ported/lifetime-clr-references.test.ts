import { expect } from "chai";
import { release, type Unit } from "leasehold";
import { collectUntil } from "../support/collect.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { until } from "../support/until.js";
import type { Keeper } from "../support/units.js";
import { collectInside, keepers } from "./lifetime-support.js";
import { collectionOf, collectOften } from "./support.js";

inEveryIsolation("a collectible context that is referred to", (place) => {
  const { host } = place;
  const keeper = keepers(place);

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
});
