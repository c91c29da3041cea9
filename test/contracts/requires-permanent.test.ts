import { expect } from "chai";
import { createHost, type Host, type Unit } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { isolations } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { among, unit } from "../support/requiring.js";

const lib = unit("lib", "export const value = 1;");
const mid = unit("mid", `export * from "lib";`, { requires: { lib: "1" } });
const app = unit("app", `export * from "lib"; import "mid";`, { requires: { mid: "1", lib: "1" } });

for (const isolation of isolations) {
  describe(`a permanent unit that requires units, in a ${isolation}`, () => {
    let host: Host;
    const permanent = { isolation, collectible: false } as const;
    leavesNothing();
    beforeEach(() => void (host = createHost({ pool: {}, resolve: among(mid, lib) })));
    afterEach(async () => {
      await host.dispose();
      expect(host.stats()).to.deep.equal({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0, warm: 0 });
    });
    const ids = (): string[] => [...host.units.keys()].toSorted();

    it("makes them permanent, which go with their host", async () => {
      const user = await host.load<{ value: number }>(app, permanent);
      expect(await user.exports.value).to.equal(1);
      for (const required of host.units.values()) {
        expect(required.collectible).to.equal(false);
        const error = await rejection(required.unload({ mode: "force" }));
        expect(error).to.include({ name: "NotSupportedError", code: "unit-permanent" });
        expect(required.whyAlive().release).to.deep.equal([]);
      }
      expect(ids()).to.deep.equal(["app@1.0.0", "lib@1.0.0", "mid@1.0.0"]);
    });

    it("may not require one that the page can unload: both are named, and nothing is left", async () => {
      const required = await host.load(lib, { isolation });
      const error = await rejection(host.load(app, permanent));
      expect(error).to.include({ name: "NotSupportedError", code: "permanent-depends", unit: "app@1.0.0" });
      expect(error.message).to.include("lib@1.0.0").and.include("app@1.0.0");
      expect(ids()).to.deep.equal(["lib@1.0.0"]);
      expect(host.stats().leases).to.equal(1);
      await required.unload();
    });

    it("may require one that is permanent, whichever others there are of it", async () => {
      const collectible = await host.load(lib, { isolation });
      await host.load(lib, permanent);
      await host.load(app, permanent);
      expect(ids()).to.deep.equal(["app@1.0.0", "lib@1.0.0", "lib@1.0.0#2", "mid@1.0.0"]);
      expect(host.units.get("lib@1.0.0#2")!.whyAlive().holders).to.have.length(2);
      await collectible.unload();
    });

    it("has its own where others require the same, which go with those", async () => {
      const other = await host.load(unit("other", "", { requires: { lib: "1" } }), { isolation });
      const shared = host.units.get("lib@1.0.0") as Unit;
      await host.load(app, permanent);
      expect(host.units.get("lib@1.0.0#2")).to.include({ collectible: false });
      expect(shared.collectible).to.equal("auto");
      await other.unload();
      await shared.unloaded;
      expect(ids()).to.deep.equal(["app@1.0.0", "lib@1.0.0#2", "mid@1.0.0"].toSorted());
    });

    it("shares its own with others that come later", async () => {
      await host.load(app, permanent);
      const other = await host.load(unit("other", "", { requires: { lib: "1" } }), { isolation });
      expect(ids()).to.have.length(4);
      await other.unload();
      expect(ids()).to.have.length(3);
    });

    it("leaves none of them behind where its load fails", async () => {
      for (const code of ["throw new Error('no');", "export const activate = () => { throw new Error('no'); };"]) {
        await rejection(host.load(unit("app", code, { requires: { mid: "1" } }), permanent));
        await Promise.all([...host.units.values()].map((each) => each.unloaded));
        expect(ids()).to.deep.equal([]);
      }
    });

    it("leaves none of them behind where it crashes, but what another one requires", async () => {
      const user = await host.load(app, permanent);
      await host.load(unit("other", "", { requires: { lib: "1" } }), permanent);
      const units = [user, host.units.get("mid@1.0.0") as Unit];
      (user as unknown as { domain: { frame: HTMLElement } }).domain.frame.remove();
      await Promise.all(units.map((each) => each.unloaded));
      expect(ids()).to.deep.equal(["lib@1.0.0", "other@1.0.0"]);
    });
  });
}
