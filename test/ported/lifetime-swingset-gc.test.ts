import { expect } from "chai";
import { release, type Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { until } from "../support/until.js";
import type { Keeper, Point } from "../support/units.js";
import { collectInside, holdersOf, keepers, severalKeepers } from "./lifetime-support.js";
import { collectOften } from "./support.js";

/** Knows things without keeping them. */
const weakly = `
  let known = new WeakSet();
  export const know = (...things) => { for (const thing of things) known.add(thing); return things.length; };
  export const knows = (thing) => known.has(thing);
  export const forget = () => { known = undefined; };`;
interface Weakly {
  know(...things: unknown[]): number;
  knows(thing: unknown): boolean;
  forget(): void;
}

inEveryIsolation("a vat's collection", (place) => {
  const { load } = place;
  const keeper = keepers(place);
  const several = severalKeepers(place);

  const queued: Record<string, (exporter: Unit<Keeper>) => unknown> = {
    "the exporter keeps": (exporter) => exporter.exports.keep("own", exporter.exports.make(1)),
    "the exporter has dropped": () => undefined,
  };
  for (const [what, prepare] of Object.entries(queued)) {
    it(`keeps what ${what} for a message that is still queued, and forgets it when the importer has`, async () => {
      const [exporter, importer] = (await several("exporter", "importer")) as [Unit<Keeper>, Unit<Keeper>];
      await prepare(exporter);
      const things = await Promise.all([exporter.exports.make(1), exporter.exports.make(2)]);
      const sent = [importer.exports.keep("a", things[0]), importer.exports.keep("b", things[1])];
      release(things); // the message has not left yet, and is all that holds them
      await Promise.all(sent);
      await collectOften();
      expect(await importer.exports.call("b", "read")).to.equal(2);
      expect(holdersOf(exporter)).to.deep.equal([
        "pin exporter@1.0.0 host",
        "instance Point importer@1.0.0",
        "instance Point importer@1.0.0",
      ]);
      await Promise.all([importer.exports.drop("a"), importer.exports.drop("b")]);
      await until("both are forgotten", () => holdersOf(exporter).length === 1);
      await Promise.all([exporter.unload(), importer.unload()]);
    });
  }

  it("outlives that something known weakly is dropped, sent again, and never looked for", async () => {
    const [exporter, target] = await Promise.all([keeper("exporter"), load<Weakly>(weakly)]);
    const thing = await exporter.exports.make(3);
    expect(await target.exports.know(thing, {}, thing)).to.equal(3);
    const collectThere = () => collectInside(target as never);
    await until("it is dropped over there", async () => {
      await collectThere();
      return holdersOf(exporter).length === 2; // the pin, and the page's
    });
    // What was dropped has come to be something new over there.
    expect(await target.exports.knows(thing)).to.equal(false);
    await target.exports.know(thing);
    await target.exports.forget();
    await until("the second is dropped, too", async () => {
      await collectThere();
      return holdersOf(exporter).length === 2;
    });
    expect(target.state).to.equal("active");
    expect(await target.inside(() => "alive")).to.equal("alive");
    expect(await thing.read()).to.equal(3);
    release(thing);
    await Promise.all([exporter.unload(), target.unload()]);
  });

  it("leaves nothing with a middle that forwarded what it was asked for", async () => {
    const [zoe, middle] = (await several("zoe", "middle")) as [Unit<Keeper>, Unit<Keeper>];
    await zoe.exports.keep("invitation", zoe.exports.make(9));
    await middle.exports.keep("zoe", zoe.exports);
    const invitation = (await middle.exports.call("zoe", "give", "invitation")) as Point;
    expect(await invitation.read()).to.equal(9);
    await until("the middle has let go of it", async () => {
      await collectInside(middle);
      return !holdersOf(zoe).includes("instance Point middle@1.0.0");
    });
    expect(holdersOf(zoe).sort()).to.deep.equal([
      "dependent exports middle@1.0.0",
      "instance Point host",
      "pin zoe@1.0.0 host",
    ]);
    release(invitation);
    await middle.exports.drop("zoe");
    await Promise.all([middle.unload(), zoe.unload()]);
  });

  it("leaves nothing with a middle that forwarded to a third, which has it", async () => {
    const units = (await several("zoe", "middle", "user")) as [Unit<Keeper>, Unit<Keeper>, Unit<Keeper>];
    const [zoe, middle, user] = units;
    await middle.exports.keep("user", user.exports);
    const invitation = await zoe.exports.make(9);
    await middle.exports.call("user", "keep", "invitation", invitation);
    release(invitation);
    await until("the middle has let go of it", async () => {
      await collectInside(middle);
      return !holdersOf(zoe).includes("instance Point middle@1.0.0");
    });
    expect(holdersOf(zoe)).to.deep.equal(["pin zoe@1.0.0 host", "instance Point user@1.0.0"]);
    await middle.exports.drop("user");
    await middle.unload();
    expect(await user.exports.call("invitation", "read")).to.equal(9);
    await user.unload();
    await zoe.unload();
  });
});
