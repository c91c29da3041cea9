import { expect } from "chai";
import { release, type Host, type Isolation, type Unit } from "leasehold";
import { Session } from "../../src/remoting/index.js";
import { leavesNothing } from "../support/baseline.js";
import { isolations } from "../support/every-isolation.js";
import { withPage } from "../support/page.js";
import { rejection } from "../support/rejection.js";
import { withSessions } from "../support/session-pair.js";
import { keeperCode, type Keeper } from "../support/units.js";

const path = "/test/pages/host-without-registry.html";

async function withHost(isolation: Isolation, body: (host: Host) => unknown): Promise<void> {
  await withPage(
    {},
    async (page) => {
      expect(page.document.defaultView).not.to.have.property("FinalizationRegistry");
      const host = page.createHost({ pool: { [isolation]: 1 } });
      await body(host);
      await host.dispose();
      expect(host.stats()).to.deep.equal({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0, warm: 0 });
      expect(page.violations).to.deep.equal([]);
    },
    path,
  );
}

/** The collector is a safety net: what is released by hand needs none. */
describe("an engine that tells nobody what it has collected", () => {
  leavesNothing();

  for (const isolation of isolations) {
    const load = (host: Host, name: string, collectible: "explicit" | "auto" = "auto"): Promise<Unit<Keeper>> =>
      host.load<Keeper>({ code: keeperCode, manifest: { name, version: "1.0.0" } }, { isolation, collectible });

    it(`unloads in a ${isolation} what was released, asked for or by itself`, () =>
      withHost(isolation, async (host) => {
        const [one, two] = await Promise.all([load(host, "one"), load(host, "two", "explicit")]);
        const [thing, other] = await Promise.all([one.exports.make(1), two.exports.make(2)]);
        await thing.on((value) => value);
        expect([await thing.fire(3), await other.read()]).to.deep.equal([3, 2]);
        one.release();
        expect((await rejection(two.unload({ deadline: 10 }))).message).to.include("instance  Point");
        release([thing, other]);
        expect((await one.unloaded).reason).to.equal("collected");
        expect((await two.unloaded).reason).to.equal("requested");
      }));

    it(`collects in a ${isolation} units that hold each other`, () =>
      withHost(isolation, async (host) => {
        const units = await Promise.all(["one", "two", "three"].map((name) => load(host, name)));
        const things = await Promise.all(units.map((unit, n) => unit.exports.make(n)));
        await Promise.all(units.map((unit, n) => unit.exports.keep("next", things[(n + 1) % 3])));
        for (const unit of units) unit.release();
        release(things);
        const receipts = await Promise.all(units.map(({ unloaded }) => unloaded));
        expect(receipts.map(({ reason }) => reason)).to.deep.equal(["collected", "collected", "collected"]);
      }));
  }

  it("lets two sessions end with empty tables", async () => {
    const { FinalizationRegistry: registry } = globalThis;
    Object.assign(globalThis, { FinalizationRegistry: undefined });
    try {
      expect(new Session(new MessageChannel().port1).close(new Error("unused"))).to.equal(0);
      const target = { make: () => ({ read: () => 1 }), list: () => [new Date(0)] };
      await withSessions(target, async ({ caller, callee, remote }) => {
        const made = await remote.make();
        expect(await made.read()).to.equal(1);
        void remote.list();
        release(made);
        await remote.list();
        expect([caller.stats().imports, callee.stats().exports]).to.deep.equal([0, 0]);
      });
    } finally {
      Object.assign(globalThis, { FinalizationRegistry: registry });
    }
  });
});
