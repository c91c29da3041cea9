import { expect } from "chai";
import { release, type Host, type HostEvents, type HostOptions, type Isolation, type Unit } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { isolations } from "../support/every-isolation.js";
import { withPage } from "../support/page.js";
import { rejection } from "../support/rejection.js";
import type { Served } from "../support/served.js";
import { until } from "../support/until.js";

type Add = (a: number, b?: number) => number;

/** What such a page logs of its units. */
type Logged = HostEvents["log"][];

async function withUnit(
  served: Served,
  options: HostOptions,
  isolation: Isolation,
  body: (unit: Unit, logged: Logged, host: Host) => Promise<void>,
): Promise<void> {
  await withPage(served, async (page) => {
    const host = page.createHost({ pool: {}, ...options });
    const logged: Logged = [];
    host.addEventListener("log", (event) => logged.push((event as CustomEvent<HostEvents["log"]>).detail));
    const unit = await host.load({ code: "export const half = (n) => n / 2;" }, { isolation });
    await body(unit, logged, host);
    await host.dispose();
  });
}

/** Compiles what `new Function` would, and what it would not. */
async function compiles(unit: Unit): Promise<void> {
  const [add, sum] = await Promise.all([
    unit.compile<Add>(["a", "b = 2"], "return a + b // a comment"),
    unit.compile<Add>(["...all"], "return all.reduce((a, b) => a + b)"),
  ]);
  expect([await add(1), await sum(1, 2)]).to.deep.equal([3, 3]);
  expect(unit.whyAlive().holders.filter(({ label }) => label.startsWith("compiled/"))).to.have.length(2);
  release([add, sum]);
  for (const [parameters, text] of [[["1"], ""] as const, [[], "return }"] as const, [[], "with ({}) {}"] as const])
    expect(await rejection(unit.compile(parameters, text))).to.include({ name: "DataError", code: "syntax-error" });
}

describe("a function that is compiled in a unit of a page", () => {
  leavesNothing();

  for (const isolation of isolations) {
    it(`that forbids eval is a module, and the page is warned once of what that costs, in a ${isolation}`, () =>
      withUnit(
        { csp: "script-src 'self' 'unsafe-inline' blob:; worker-src blob:" },
        {},
        isolation,
        async (unit, logged, host) => {
          await compiles(unit);
          await until("the warning has come", () => logged.length > 0);
          await compiles(unit);
          expect(logged.map(({ level }) => level)).to.deep.equal(["warn"]);
          const [{ unit: of, args }] = logged as [Logged[0]];
          expect(of).to.equal(unit);
          expect(String(args)).to.include("compile()").and.to.include("stays in memory until the unit is unloaded");
          await until("its URLs are known to be revoked", () => host.stats().urls === 0);
          // One of its own module, and one for each text that was compiled.
          const receipt = await unit.unload();
          expect(receipt).to.deep.include({ reason: "requested", finalizerErrors: [] });
          expect(receipt.released.urls).to.equal(1 + 2 + 2);
        },
      ));

    it(`with a strict policy and a frameUrl is none, and nothing is warned of, in a ${isolation}`, () =>
      withUnit(
        { csp: "default-src 'none'; script-src 'self'; frame-src 'self'; connect-src 'self'" },
        { frameUrl: "/dist/frame.html" },
        isolation,
        async (unit, logged) => {
          await compiles(unit);
          expect((await unit.unload()).released.urls).to.equal(1);
          expect(logged).to.deep.equal([]);
        },
      ));

    it(`with Trusted Types is none either, in a ${isolation}`, () =>
      withUnit(
        // A realm has two of the library's scripts in it, each with the policy.
        { csp: "require-trusted-types-for 'script'; trusted-types leasehold 'allow-duplicates'" },
        {},
        isolation,
        async (unit, logged) => {
          await compiles(unit);
          // What no constructor has parsed may not have what only a script takes for a comment.
          const hiding = "0 <!--a; /*\n}); globalThis.hostile = 1; (function () { /*\n*/";
          expect((await rejection(unit.compile(["a"], hiding))).code).to.equal("syntax-error");
          expect(await unit.inside(() => "hostile" in globalThis)).to.equal(false);
          expect((await unit.unload()).released.urls).to.equal(1);
          expect(logged).to.deep.equal([]);
        },
      ));
  }

  it("that forbids eval counts the modules that inside() is made of, too", () =>
    withUnit(
      { csp: "script-src 'self' 'unsafe-inline' blob:; worker-src blob:" },
      {},
      "frame",
      async (unit, logged, host) => {
        expect(await unit.inside(() => 1)).to.equal(1);
        expect(await unit.inside(() => 2)).to.equal(2);
        await until("its URLs are known to be revoked", () => host.stats().urls === 0);
        expect((await unit.unload()).released.urls).to.equal(3);
        expect(logged).to.deep.equal([]);
      },
    ));
});
