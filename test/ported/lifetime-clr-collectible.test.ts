import { expect } from "chai";
import { release, type Unit } from "leasehold";
import { collectUntil } from "../support/collect.js";
import { frameOf } from "../support/endings.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { rounds } from "../support/rounds.js";
import type { Keeper } from "../support/units.js";
import { withPermanent } from "./lifetime-permanent.js";
import { holdersOf, keepers } from "./lifetime-support.js";
import { collectionOf } from "./support.js";

const empty = { units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 };

/** What the second unit may use of the first: handed over, or asked for by the second itself. */
const ways: Record<string, (user: Unit<Keeper>, used: Unit<Keeper>) => Promise<unknown>> = {
  "was handed": async (user, used) => user.exports.keep("used", used.exports),
  "has asked for": async (user, used) => {
    await user.exports.keep("ask", () => used.exports);
    await user.inside(async ({ apply, keep }) => keep("used", await apply("ask")));
  },
};

inEveryIsolation("a collectible unit", (place) => {
  const { host, isolation, load } = place;
  const keeper = keepers(place);

  for (const [way, give] of Object.entries(ways)) {
    it(`lives as long as another that ${way} what it exports, then both go`, async () => {
      const [contract, implementer] = await Promise.all([keeper("contract", "auto"), keeper("implementer", "auto")]);
      await give(implementer, contract);
      contract.release();
      await collectUntil("the page holds nothing of it", () =>
        holdersOf(contract).every((line) => line === "dependent exports implementer@1.0.0"),
      );
      expect(await implementer.exports.call("used", "count")).to.equal(0);
      expect(contract.state).to.equal("active");
      implementer.release();
      await collectUntil("both have gone", () => implementer.state === "unloaded" && contract.state === "unloaded");
      expect((await contract.unloaded).reason).to.equal("collected");
      expect(host().stats()).to.include(empty);
    });

    it(`is refused to a permanent one that ${way} what it exports, and goes`, async () => {
      const contract = await keeper("contract");
      await withPermanent(isolation, async (permanent) => {
        const refused = await rejection(give(permanent, contract));
        expect(refused).to.include({ name: "NotSupportedError", code: "permanent-depends" });
        expect(refused.message).to.include("contract@1.0.0").and.to.include("permanent@1.0.0");
        expect(contract.whyAlive().holders.map(({ kind }) => kind)).to.deep.equal(["pin"]);
        await contract.unload();
        expect(await permanent.exports.count()).to.be.a("number");
      });
    });
  }

  it("may be lost while it unloads, again and again, and the page notices nothing else", async () => {
    const code = `
      export const never = () => new Promise(() => {});
      export const deactivate = () => new Promise(() => {});`;
    for (let n = 0; n < rounds(20); n++) {
      const unit = await load<{ never(): Promise<void> }>(code, { limits: { finalizers: 10_000 } });
      const pending = rejection(unit.exports.never());
      const unloading = unit.unload(n % 2 ? { mode: "force" } : {});
      if (n % 2) await Promise.resolve();
      frameOf(unit).remove();
      await unloading;
      expect((await pending).name).to.equal("DomainUnloadedError");
      expect(unit.state).to.equal("unloaded");
      expect(host().stats()).to.include(empty);
    }
  });

  it("keeps nothing of what it was loaded from: that can be changed, and is garbage, while the unit runs", async () => {
    const modules: Record<string, string> = { "index.js": `export const version = () => 1;` };
    const source = { manifest: { name: "backed", version: "1.0.0" }, modules };
    const unit = await host().load<{ version(): number }>(source, { isolation });
    modules["index.js"] = "broken(";
    delete modules["index.js"];
    expect(await unit.exports.version()).to.equal(1);
    await unit.unload();

    const { second, isGarbage } = await (async () => {
      const blob = new Blob([`export const version = () => 2;`], { type: "text/javascript" });
      return { second: await host().load<{ version(): number }>(blob, { isolation }), isGarbage: collectionOf(blob) };
    })();
    await collectUntil("the Blob is garbage", isGarbage);
    expect(await second.exports.version()).to.equal(2);
    await second.unload();
  });

  const machine = `
    class Marked extends Error { name = "MarkedError"; }
    class Machine { change() { throw new Marked("as expected"); } }
    class Derived extends Machine { change(...args) { return super.change(...args); } }
    export const make = () => new Derived();
    export const relay = (change) => change();`;
  interface Machines {
    make(): { change(): void };
    relay(change: () => unknown): void;
  }

  it("leaves no entry in any table after each of many calls that failed inside of it", async () => {
    for (let n = 0; n < rounds(20); n++) {
      const unit = await load<Machines>(machine);
      const made = await unit.exports.make();
      expect((await rejection(made.change())).name).to.equal("MarkedError");
      release(made);
      await unit.unload();
      expect(host().stats()).to.include(empty);
      expect(host().snapshot()).to.deep.equal({ units: [], leases: [] });
    }
  });

  it("unloads, each of many times, after it threw through the page into another", async () => {
    const other = await load<Machines>(machine, { manifest: { name: "other" } });
    for (let round = 0; round < rounds(10); round++) {
      const units = await Promise.all(Array.from({ length: 10 }, () => load<Machines>(machine)));
      await Promise.all(
        units.map(async (unit) => {
          const made = await unit.exports.make();
          const error = await rejection(other.exports.relay(() => made.change()));
          expect(error).to.include({ name: "MarkedError", message: "as expected" });
          release(made);
        }),
      );
      await Promise.all(units.map((unit) => unit.unload()));
      expect(host().units.size).to.equal(1);
    }
    await other.unload();
    expect(host().stats()).to.include(empty);
  }).timeout(60_000);
});
