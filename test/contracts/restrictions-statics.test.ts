import { expect } from "chai";
import { LeaseholdError } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

/** What belongs to an origin or an agent as a whole: what has it, its name there, and uses of it. */
const statics: [owner: string, name: string, uses: string[]][] = [
  [
    "self",
    "localStorage",
    ["localStorage.setItem('leasehold', '1')", "localStorage.leasehold = '1'", "localStorage.a"],
  ],
  ["self", "sessionStorage", ["sessionStorage.setItem('leasehold', '1')", "sessionStorage.length"]],
  ["self", "indexedDB", ["indexedDB.open('leasehold')", "indexedDB.deleteDatabase('leasehold')"]],
  ["self", "caches", ["caches.open('leasehold')", "caches.keys()"]],
  ["self", "cookieStore", ["cookieStore.set('leasehold', '1')", "cookieStore.onchange = () => {}"]],
  [
    "self",
    "BroadcastChannel",
    ["new BroadcastChannel('leasehold')", "new (class extends BroadcastChannel {})('leasehold')"],
  ],
  ["self", "SharedWorker", ["new SharedWorker('data:text/javascript,')"]],
  ["globalThis.document ?? {}", "cookie", ["document.cookie", "document.cookie = 'leasehold=1'"]],
  ["navigator", "serviceWorker", ["navigator.serviceWorker.register('sw.js')", "navigator.serviceWorker.ready.then()"]],
  ["navigator", "locks", ["navigator.locks.request('leasehold', () => new Promise(() => {}))"]],
  ["navigator", "storage", ["navigator.storage.getDirectory()", "navigator.storage.persist()"]],
  ["navigator", "storageBuckets", ["navigator.storageBuckets.open('leasehold')"]],
];

const code = `
  export const has = [${statics.map(([owner, name]) => `"${name}" in (${owner})`).join()}];
  export const uses = [${statics.map(([, , uses]) => `[${uses.map((use) => `() => { ${use}; }`).join()}]`).join()}];
  export const look = () => [
    "indexedDB" in self, typeof BroadcastChannel, typeof indexedDB, Boolean(self.indexedDB && indexedDB.open),
    Boolean(self.caches?.match), Boolean(navigator.locks?.request), "serviceWorker" in navigator,
    typeof self.SharedWorker, {} instanceof BroadcastChannel, Object.prototype.toString.call(navigator.storage).length > 0,
  ];
`;

interface Sample {
  has: boolean[];
  uses: (() => void)[][];
  look(): unknown[];
}

inEveryIsolation("what a unit must not share", ({ isolation, use }) => {
  for (const [at, [, name, uses]] of statics.entries()) {
    it(`is ${name}, whose use is an error that names it, the unit, and what to do`, () =>
      use<Sample>(code, async ({ exports }) => {
        if (!(await exports.has)[at]) return;
        for (let index = 0; index < uses.length; index++) {
          const error = await rejection(exports.uses[at]![index]!());
          expect(error, uses[index]).to.be.instanceOf(LeaseholdError);
          expect(error, uses[index]).to.include({ name: "NotSupportedError", code: "no-shared-state" });
          expect(error.unit).to.equal("sample");
          expect(error.message).to.match(new RegExp(`^sample reached for .*${name}, .*argument.*capability`));
        }
      }));
  }

  it("may be looked for, and what the engine lacks there stays absent", () =>
    use<Sample>(code, async ({ exports }) => {
      const has = await exports.has;
      const look = await exports.look();
      const there = (name: string): boolean => has[statics.findIndex(([, each]) => each === name)] as boolean;
      const detected = ["caches", "locks", "serviceWorker"].map(there);
      const sharedWorker = there("SharedWorker") ? "function" : "undefined";
      expect(look).to.deep.equal([true, "function", "object", true, ...detected, sharedWorker, false, true]);
      const here = statics.map(
        ([owner, name]) => name in (owner === "navigator" ? navigator : name === "cookie" ? document : self),
      );
      if (isolation === "realm") expect(has).to.deep.equal(here);
      if (isolation === "worker") expect([there("localStorage"), there("cookie")]).to.deep.equal([false, false]);
    }));

  it("leaves the page's own as it was, and nothing in it", async () => {
    localStorage.setItem("of-the-page", "kept");
    await use<Sample>(code, async ({ exports }) => {
      for (const one of statics.keys()) await Promise.allSettled([exports.uses[one]![0]!()]);
      expect(localStorage.getItem("of-the-page")).to.equal("kept");
      new BroadcastChannel("leasehold").close();
      expect(await navigator.locks.request("leasehold", () => "free")).to.equal("free");
    });
    localStorage.removeItem("of-the-page");
    expect({ ...localStorage, ...sessionStorage }).to.not.have.any.keys("leasehold");
    expect(document.cookie).to.not.include("leasehold");
    expect((await indexedDB.databases()).map(({ name }) => name)).to.not.include("leasehold");
    expect(await caches.keys()).to.not.include("leasehold");
    expect(await navigator.serviceWorker.getRegistrations()).to.deep.equal([]);
  });
});
