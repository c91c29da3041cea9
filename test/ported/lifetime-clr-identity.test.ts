import { expect } from "chai";
import { release, type Collectible } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import type { Keeper } from "../support/units.js";
import { keepers } from "./lifetime-support.js";
import { withPermanent } from "./lifetime-permanent.js";

inEveryIsolation("a context's identity", (place) => {
  const { host, isolation, load } = place;
  const keeper = keepers(place);

  it("is told of every reference: which unit it is of", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const things = [await one.exports.make(1), await two.exports.Point, await two.exports.add()];
    const leases = host()
      .snapshot()
      .leases.filter(({ kind }) => kind !== "pin");
    expect(leases.map(({ kind, unit }) => `${kind} of ${unit}`).sort()).to.deep.equal([
      "callback of two@1.0.0",
      "instance of one@1.0.0",
      "type of two@1.0.0",
    ]);
    release(things);
    await Promise.all([one.unload(), two.unload()]);
  });

  it("is told by the error of a reference whose unit is gone", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const [first, second] = await Promise.all([one.exports.make(1), two.exports.make(2)]);
    await Promise.all([one.unload({ mode: "force" }), two.unload({ mode: "force" })]);
    expect((await rejection(first.read())).unit).to.equal(one.id);
    expect((await rejection(second.read())).unit).to.equal(two.id);
    release([first, second]);
  });

  it("is collectible unless said otherwise, has a name, and is in the host's list while it is there", async () => {
    const unit = await load("", { manifest: { name: "plain", version: "3.2.1" } });
    expect(unit).to.include({ id: "plain@3.2.1", collectible: "explicit", isolation });
    expect(unit.manifest).to.include({ name: "plain", version: "3.2.1" });
    expect([...host().units.keys()]).to.deep.equal([unit.id]);
    expect(host().units.get("plain@3.2.1")).to.equal(unit);
    await unit.unload();
    expect([...host().units.keys()]).to.deep.equal([]);
    expect(unit.id, "afterwards, too").to.equal("plain@3.2.1");
  });

  for (const collectible of ["explicit", "auto"] as Collectible[]) {
    it(`is ${JSON.stringify(collectible)} where it was loaded so, and there is nothing of its page in it`, async () => {
      const unit = await load<Record<string, never>>("", { collectible });
      expect(unit.collectible).to.equal(collectible);
      expect(await unit.inside((exports) => Object.keys(exports))).to.deep.equal([]);
      await unit.unload();
    });
  }

  it("is false where it was loaded to stay, and is listed like others", () =>
    withPermanent(isolation, (permanent, own) => {
      expect(permanent.collectible).to.equal(false);
      expect([...own.units.keys()]).to.deep.equal(["permanent@1.0.0"]);
    }));

  it("is nothing else: what is neither explicit, automatic nor permanent is refused", async () => {
    const refused = await rejection(load("", { collectible: true as unknown as Collectible }));
    expect(refused).to.include({ name: "NotSupportedError", code: "collectible-unknown" });
    expect(host().units.size).to.equal(0);
  });

  it("and the other's, and the argument, are named where something is taken for one's own that is not", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const thing = await two.exports.make(1);
    const refused = await rejection(one.chunk((api) => api.keep("thing", thing)));
    expect(refused).to.include({ name: "DataError", code: "other-session" });
    expect(refused.message).to.include("one@1.0.0").and.to.include("two@1.0.0").and.to.include("Point");
    release(thing);
    await Promise.all([one.unload(), two.unload()]);
  });

  it("and the other's, and the argument, are named where that is deep in something else", async () => {
    const [one, two] = await Promise.all([keeper("one"), keeper("two")]);
    const thing = await two.exports.make(1);
    const refused = await rejection(one.chunk((api) => api.keep("box", { of: [thing] })));
    expect(refused).to.include({ name: "DataError", code: "other-session" });
    expect(refused.message).to.include("one@1.0.0").and.to.include("two@1.0.0").and.to.include("Point");
    release(thing);
    await Promise.all([one.unload(), two.unload()]);
  });

  it("is not that of something foreign: a source that is none is refused", async () => {
    for (const foreign of [{}, new (class Foreign {})(), () => "", 7, null]) {
      const refused = await rejection(host().load<Keeper>(foreign as never, { isolation }));
      expect(refused).to.include({ name: "LoadError", code: "source-unknown" });
    }
  });
});
