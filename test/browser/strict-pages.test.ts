import { expect } from "chai";
import type { Host, HostOptions, Isolation, LeaseholdError, Unit } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { canMove } from "../support/can-move.js";
import { inEngine } from "../support/engine.js";
import { isolations } from "../support/every-isolation.js";
import { withPage, type HostPage } from "../support/page.js";
import { rejection } from "../support/rejection.js";
import { hang, type Served } from "../support/served.js";
import { until } from "../support/until.js";

const code = `
  import { half } from "./half.js";
  export const activate = ({ root }) => { if (root) root.append("drawn"); };
  export const quarter = (n) => half(half(n));
  export const lazy = async () => (await import("./half.js")).half(8);
  export const compiled = () => new Function("return 6 * 7")();
`;
const modules = { "index.js": code, "half.js": `export const half = (n) => n / 2;` };
interface Sample {
  quarter(n: number): number;
  lazy(): Promise<number>;
  compiled(): number;
}

const strict = "default-src 'none'; script-src 'self'; frame-src 'self'; connect-src 'self'; style-src 'self'";
const trustedTypes = "require-trusted-types-for 'script'; trusted-types leasehold";
const frameUrl = "/dist/frame.html";

async function withHostPage(
  served: Served,
  options: HostOptions,
  body: (host: Host, page: HostPage) => unknown,
): Promise<void> {
  await withPage(served, async (page) => {
    const host = page.createHost(options);
    try {
      await body(host, page);
    } finally {
      await host.dispose();
    }
    expect(host.stats()).to.deep.equal({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0, warm: 0 });
    expect(page.document.querySelectorAll("iframe")).to.have.length(0);
  });
}

/** Lives the whole life of a unit, warm or cold, shown where it can be, in a page that refuses nothing of it. */
async function works(
  served: Served,
  options: HostOptions,
  isolation: Isolation,
  { compiles = true } = {},
): Promise<void> {
  await withHostPage(served, options, async (host, page) => {
    const view = isolation !== "worker";
    const manifest = { name: "sample", version: "1.0.0", view };
    const container = page.document.querySelector("main")!;
    const options = { isolation, ...(view && !canMove && { container }) };
    const unit = (await host.load<Sample>({ manifest, modules }, options)) as Unit<Sample>;
    expect(await unit.exports.quarter(8)).to.equal(2);
    expect(await unit.exports.lazy()).to.equal(4);
    if (compiles) expect(await unit.exports.compiled()).to.equal(42);
    if (view) {
      const { element, unmount } = await unit.mount(container);
      await until("its view is as high as its content", () => element.getBoundingClientRect().height < 100);
      unmount();
    }
    expect(await unit.unload()).to.deep.include({ reason: "requested", finalizerErrors: [] });
    expect(page.violations).to.deep.equal([]);
  });
}

describe("a page that is served", () => {
  leavesNothing();

  for (const isolation of isolations) {
    describe(`and loads into a ${isolation}`, () => {
      for (const pool of [{}, { [isolation]: 1 }]) {
        const start = Object.keys(pool).length ? "warm" : "cold";

        it(`with a strict policy works with a frameUrl (${start})`, () =>
          works({ csp: strict }, { frameUrl, pool }, isolation));

        it(`with Trusted Types works, and says so of the library's policy (${start})`, () =>
          // What enforces Trusted Types in the page enforces them in its srcdoc frames: a unit compiles nothing there.
          works({ csp: trustedTypes }, { pool }, isolation, { compiles: false }));

        it(`with Trusted Types works with a frameUrl (${start})`, () =>
          works({ csp: `${strict}; ${trustedTypes}` }, { frameUrl, pool }, isolation));
      }

      const isolated = { headers: { "Cross-Origin-Embedder-Policy": "require-corp" } };
      const isStarted = isolation !== "worker" || inEngine({ chromium: true, firefox: true, webkit: false });

      it(`isolated from other origins ${isStarted ? "works" : "is refused, as its engine starts no worker there"}`, () =>
        isStarted
          ? works(isolated, {}, isolation)
          : withHostPage(isolated, { pool: {} }, async (host) => {
              const error = await rejection(host.load({ code: "" }, { isolation }));
              expect(error).to.include({ name: "LoadError", code: "domain-blocked" });
            }));

      it("with a policy that forbids blob: script says what to do", () =>
        withHostPage({ csp: "script-src 'self' 'unsafe-inline'" }, { pool: {} }, async (host) => {
          const error = await rejection(host.load({ code: "" }, { isolation }));
          expect(error).to.include({ name: "LoadError", code: "domain-blocked" });
          expect(error.message).to.include("frameUrl");
        }));
    });
  }

  it("with a policy that forbids inline script says what to do, in bounded time", () =>
    withHostPage({ csp: "script-src 'self'" }, { pool: { frame: 1, worker: 1 } }, async (host) => {
      const started = performance.now();
      const errors = await Promise.all(
        isolations.map((isolation) => rejection(host.load({ code: "" }, { isolation }))),
      );
      for (const error of errors) {
        expect(error).to.include({ name: "LoadError", code: "domain-blocked" });
        expect(error.message).to.include("frameUrl");
      }
      expect(performance.now() - started).to.be.below(8000);
    }));

  it("with a frameUrl that leads to something else says so", () =>
    withPage({}, async (page) => {
      const wrong = ["/package.json", "/no-such-file.html", "/test/pages/host.html"];
      const hosts = wrong.map((url) => page.createHost({ frameUrl: url, pool: {} }));
      const errors = await Promise.all(hosts.map((host) => rejection(host.load({ code: "" }))));
      errors.forEach((error: LeaseholdError, index) => {
        expect(error).to.include({ name: "LoadError", code: "domain-blocked" });
        expect(error.message).to.include(wrong[index]!);
      });
      await Promise.all(hosts.map((host) => host.dispose()));
    }));

  it("with a frameUrl that does not answer can abort", () =>
    withHostPage({}, { frameUrl: hang() }, async (host) => {
      const abort = new AbortController();
      const loading = rejection(host.load({ code: "" }, { signal: abort.signal }));
      setTimeout(() => abort.abort(), 50);
      expect((await loading).code).to.equal("load-aborted");
    }));
});
