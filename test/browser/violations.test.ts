import { expect } from "chai";
import type { HostEvents, Unit } from "leasehold";
import { mortal, type Mortal } from "../support/endings.js";
import { inEngine } from "../support/engine.js";
import { inEveryIsolation, type Place } from "../support/every-isolation.js";
import { elsewhere, requestsAbout } from "../support/served.js";
import { until } from "../support/until.js";

/** Runs what a unit tries, and hears what the host is told of it. */
async function told(
  { use, host }: Place,
  attempt: (unit: Unit<Mortal>, heard: string[]) => unknown,
  prepare = "",
): Promise<string[]> {
  const heard: string[] = [];
  await use<Mortal>(prepare + mortal, async (unit) => {
    const hear = (event: Event): void => {
      const { detail } = event as CustomEvent<HostEvents["violation"]>;
      if (detail.unit === (unit as unknown)) heard.push(detail.vector!);
    };
    host().addEventListener("violation", hear);
    try {
      await attempt(unit, heard);
      expect(await unit.exports.fine()).to.equal("fine");
      expect(unit.state).to.equal("active");
    } finally {
      host().removeEventListener("violation", hear);
    }
  });
  return heard;
}

inEveryIsolation(
  "what a policy refuses a unit",
  (place) => {
    const { isolation } = place;
    /** In its workers WebKit tells nobody what a policy refuses. */
    const isTold = isolation === "frame" || inEngine({ chromium: true, firefox: true, webkit: false });
    const hears = async (heard: string[], least = 1): Promise<unknown> =>
      isTold ? until("it is told", () => heard.length >= least) : new Promise((resolve) => setTimeout(resolve, 300));
    const which = (heard: string[]): string[] => (isTold ? heard : []);
    const reach = (url: string): string => `(fetch("${url}").catch(() => {}), 1)`;

    it("is told, by its directive and its address, and the unit goes on", async () => {
      const url = await elsewhere("/package.json?refused");
      const heard = await told(place, async ({ exports }, heard) => {
        await exports.run(reach(url));
        await hears(heard);
      });
      expect(heard).to.deep.equal(which([`connect-src ${url}`]));
      expect(await requestsAbout("?refused")).to.deep.equal([]);
    });

    it("is told while the unit is loaded, too", async () => {
      const heard: string[] = [];
      const hear = (event: Event): void =>
        void heard.push((event as CustomEvent<HostEvents["violation"]>).detail.vector!);
      place.host().addEventListener("violation", hear);
      const code = `fetch("https://early.invalid/").catch(() => {}); export const fine = () => "fine";`;
      await place.use<Mortal>(code, () => hears(heard));
      place.host().removeEventListener("violation", hear);
      expect(heard).to.deep.equal(which(["connect-src https://early.invalid/"]));
    });

    it("is told by a few where it is tried many times, and shortened", async () => {
      const many = `Array.from({ length: 300 }, (_, index) => fetch("https://x.invalid/" + index + "a".repeat(5000)).catch(() => {})).length`;
      const heard = await told(place, async ({ exports }, heard) => {
        await exports.run(many);
        await hears(heard, 10);
        await new Promise((resolve) => setTimeout(resolve, 300));
      });
      expect(heard.length).to.be.within(isTold ? 10 : 0, isTold ? 20 : 0);
      for (const each of heard) expect(each.length).to.be.at.most(200);
    });

    const silencers: Record<string, string> = {
      "stops the event": `addEventListener("securitypolicyviolation", (event) => event.stopImmediatePropagation(), true);`,
      "takes the getters away": `
        for (const prototype of [SecurityPolicyViolationEvent.prototype, Event.prototype])
          for (const name of ["effectiveDirective", "blockedURI", "disposition", "timeStamp"])
            if (Object.hasOwn(prototype, name)) Object.defineProperty(prototype, name, { get() { throw new Error("none"); } });`,
      "takes what shortens away": `String.prototype.slice = String.prototype.substring = () => "";`,
      "takes the listeners away": `globalThis.removeEventListener = EventTarget.prototype.removeEventListener = () => {};
        globalThis.onsecuritypolicyviolation = null;`,
    };
    for (const [title, silencer] of Object.entries(silencers)) {
      it(`is told whoever ${title}`, async () => {
        const heard = await told(
          place,
          async ({ exports }, heard) => {
            await exports.run(reach("https://silent.invalid/"));
            await hears(heard);
          },
          silencer,
        );
        expect(heard).to.deep.equal(which(["connect-src https://silent.invalid/"]));
      });
    }

    it("is not what a unit makes up", async () => {
      const makeUp = `(dispatchEvent(new SecurityPolicyViolationEvent("securitypolicyviolation",
        { effectiveDirective: "made-up", blockedURI: "https://made.up/", violatedDirective: "made-up", disposition: "enforce" })), 1)`;
      const heard = await told(place, async ({ exports }, heard) => {
        await exports.run(makeUp);
        await exports.run(reach("https://last.invalid/"));
        await hears(heard);
      });
      expect(heard).to.deep.equal(which(["connect-src https://last.invalid/"]));
    });

    it("has nothing of what is granted in it", async () => {
      const url = await elsewhere("/package.json?granted", { cors: true });
      const network = [new URL(url).origin];
      const heard: unknown[] = [];
      const hear = (event: Event): void => void heard.push((event as CustomEvent).detail);
      place.host().addEventListener("violation", hear);
      const code = `export const get = async (url) => (await fetch(url)).status;`;
      const options = { manifest: { permissions: { network } }, grant: { network } };
      await place.use<{ get(url: string): number }>(
        code,
        async ({ exports }) => expect(await exports.get(url)).to.equal(200),
        options,
      );
      place.host().removeEventListener("violation", hear);
      expect(heard).to.deep.equal([]);
      expect(await requestsAbout("granted")).to.have.length(isolation === "frame" ? 1 : 2);
    });
  },
  ["frame", "worker"],
);
