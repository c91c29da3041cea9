import { expect } from "chai";
import type { HostOptions } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { isolations } from "../support/every-isolation.js";
import { withPage } from "../support/page.js";
import { rejection } from "../support/rejection.js";
import type { Served } from "../support/served.js";

interface Sample {
  add(a: number, b: number): number;
}

const pages: Record<string, { served: Served; options: HostOptions }> = {
  "that forbids eval": {
    served: { csp: "script-src 'self' 'unsafe-inline' blob:; worker-src blob:" },
    options: { pool: {} },
  },
  "with a strict policy and a frameUrl": {
    served: { csp: "default-src 'none'; script-src 'self'; frame-src 'self'; connect-src 'self'; style-src 'self'" },
    options: { pool: {}, frameUrl: "/dist/frame.html" },
  },
  "with Trusted Types": {
    served: { csp: "require-trusted-types-for 'script'; trusted-types leasehold" },
    options: { pool: {} },
  },
};

describe("a function that is run inside a unit of a page", () => {
  leavesNothing();

  for (const [name, { served, options }] of Object.entries(pages)) {
    for (const isolation of isolations) {
      it(`${name} works, in a ${isolation}`, () =>
        withPage(served, async (page) => {
          const host = page.createHost(options);
          const unit = await host.load<Sample>({ code: `export const add = (a, b) => a + b;` }, { isolation });
          const holder = {
            method(exports: Sample, n: number): number {
              return exports.add(n, 1);
            },
          };
          expect(await unit.inside((exports, n) => exports.add(n, 1), 1)).to.equal(2);
          expect(await unit.inside(async (exports, n) => exports.add(n, 2), 1)).to.equal(3);
          expect(await unit.inside(holder.method, 2)).to.equal(3);
          const missing = await rejection(unit.inside(() => served.csp as unknown as number));
          expect(missing.code).to.equal("closes-over");
          const thrown = unit.inside(() => {
            throw new RangeError("own");
          });
          expect((await rejection(thrown)).name).to.equal("RangeError");
          expect(await unit.unload()).to.deep.include({ reason: "requested", finalizerErrors: [] });
          await host.dispose();
        }));
    }
  }
});
