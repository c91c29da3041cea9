import { expect } from "chai";
import { createHost } from "leasehold";
import { endsBy, mortal, type Mortal } from "../support/endings.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { elsewhere, requestsAbout } from "../support/served.js";

inEveryIsolation(
  "a unit that goes elsewhere",
  (place) => {
    const { use, isolation } = place;
    const ways: Record<string, (url: string) => string> = {
      "by location": (url) => `location.href = "${url}"`,
      "by location.reload()": () => `location.reload()`,
      "by a link": (url) => `Object.assign(document.createElement("a"), { href: "${url}" }).click()`,
      "by a meta refresh": (url) =>
        `(document.head.innerHTML = '<meta http-equiv="refresh" content="0;url=${url}">', 1)`,
      "by document.open() and close()": () => `(document.open(), document.close())`,
    };
    for (const [way, script] of Object.entries(ways)) {
      it(`is lost: ${way}`, async () => {
        const url = await elsewhere(`/package.json?left=${isolation}-${encodeURIComponent(way)}`);
        const isRefused = isolation === "frame" && script(url).includes(url);
        const vector = isRefused ? `navigation ${new URL(url).origin}` : undefined;
        await endsBy(place, ({ exports }) => void exports.run(script(url)).catch(() => {}), {}, { vector });
        // A realm is trusted; out of a frame nothing gets this way.
        if (isolation === "frame") expect(await requestsAbout("left=frame")).to.deep.equal([]);
      });

      it(`is lost while it is loaded: ${way}`, async () => {
        const url = await elsewhere("/package.json?left=loading");
        const fresh = createHost({ pool: {} });
        const loads = [1, 2, 3, 4].map(() =>
          fresh.load({ code: `${script(url)}; await new Promise(() => {});` }, { isolation }),
        );
        for (const error of await Promise.all(loads.map(rejection)))
          expect(error).to.include({ name: "LoadError", code: "domain-lost" });
        await fresh.dispose();
      });
    }

    it("cannot take the page, or the frame around it, along", () =>
      use<Mortal>(mortal, async ({ exports }) => {
        if (isolation === "realm") return; // trusted: it is the page's own origin
        const here = location.href;
        for (const target of ["parent", "top"]) {
          await exports.run(`(() => { try { ${target}.location = "about:blank"; } catch {} })()`);
          await exports.run(`(() => { try { open("about:blank", "_${target}"); } catch {} })()`);
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(location.href).to.equal(here);
        expect(await exports.fine()).to.equal("fine");
      }));
  },
  ["frame", "realm"],
);

inEveryIsolation(
  "a unit in a worker",
  (place) => {
    it("is lost when it closes itself", () =>
      endsBy(place, ({ exports }) => void exports.run(`(self.close(), 1)`).catch(() => {})));

    it("is lost when it closes itself while it is loaded", async () => {
      const error = await rejection(place.load(`self.close(); await new Promise(() => {});`));
      expect(error).to.include({ name: "LoadError", code: "domain-lost" });
    });

    it("may use its worker's own messages without harm", () =>
      place.use<Mortal>(mortal, async ({ exports }) => {
        await exports.run(`(self.postMessage("hello"), self.postMessage({ any: "thing" }), 1)`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(await exports.fine()).to.equal("fine");
      }));

    it("survives an uncaught error", () =>
      place.use<Mortal>(mortal, async ({ exports }) => {
        await exports.run(`(setTimeout(() => { throw new Error("uncaught"); }), 1)`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(await exports.fine()).to.equal("fine");
      }));
  },
  ["worker"],
);
