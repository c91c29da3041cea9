import { expect } from "chai";
import { leavesNothing } from "../support/baseline.js";
import { isolations } from "../support/every-isolation.js";
import { withPage } from "../support/page.js";
import { rejection } from "../support/rejection.js";

describe("a page that enforces Trusted Types and has its frames inherit that", () => {
  leavesNothing();

  for (const isolation of isolations.filter((each) => each !== "realm")) {
    it(`keeps the library's policy from a unit in a ${isolation}`, () =>
      withPage({ csp: "require-trusted-types-for 'script'; trusted-types leasehold" }, async (page) => {
        const host = page.createHost({ pool: {} });
        const code = `export const take = () => trustedTypes.createPolicy("leasehold", { createScript: (text) => text }).name;`;
        const unit = await host.load<{ take(): string }>({ code }, { isolation });
        expect(await rejection(unit.exports.take()))
          .to.have.property("name")
          .that.matches(/^(TypeError|ReferenceError)$/);
        await host.dispose();
      }));
  }
});
