import { expect } from "chai";
import { resolveRequirements } from "../../src/unit/requirements/resolve-requirements.js";
import type { UnitPackage } from "../../src/unit/unit-package.js";
import { idsOf, pack, told } from "../support/packages.js";
import { rejection } from "../support/rejection.js";

/** The app requires a and b; b gets a version of a that displaces the one that the app gets. */
const displacing = (old: Record<string, string>, young: Record<string, string>) => ({
  app: pack("app@1.0.0", { a: "*", b: "*" }),
  answers: {
    "app a": pack("a@1.0.0", old),
    "app b": pack("b@1.0.0", { a: "*" }),
    "b a": pack("a@2.0.0", young),
  },
});

describe("a version that a higher one displaces", () => {
  it("does not bring in what only it wished for", async () => {
    const { app, answers } = displacing({ gone: "1" }, {});
    const found = await resolveRequirements(app, told({ ...answers, "a gone": pack("gone@1.0.0") }));
    expect(idsOf(found)).to.deep.equal(["a@2.0.0", "b@1.0.0"]);
  });

  it("does no harm by wishes that nothing suits", async () => {
    const { app, answers } = displacing({ gone: "1", lib: "1" }, { lib: "2" });
    const found = await resolveRequirements(app, told({ ...answers, "a lib": pack("lib@2.0.0") }));
    expect(idsOf(found)).to.deep.equal(["lib@2.0.0", "a@2.0.0", "b@1.0.0"]);
  });

  it("does no harm by a circle", async () => {
    const { app, answers } = displacing({ c: "1" }, {});
    const found = await resolveRequirements(app, told({ ...answers, "a c": pack("c@1.0.0", { a: "*" }) }));
    expect(idsOf(found)).to.deep.equal(["a@2.0.0", "b@1.0.0"]);
  });

  it("does no harm by wishes whose search fails", async () => {
    const { app, answers } = displacing({ gone: "1" }, {});
    const find = told(answers);
    const found = await resolveRequirements(app, (name, ...rest) => {
      if (name === "gone") throw new Error("no such unit");
      return find(name, ...rest);
    });
    expect(idsOf(found)).to.deep.equal(["a@2.0.0", "b@1.0.0"]);
  });

  it("is forgotten along a chain in which each displaces the next", async () => {
    const length = 40;
    const answers = Object.fromEntries(
      Array.from({ length }, (_, n) => [
        [`a${n} a${n + 1}`, pack(`a${n + 1}@1.0.0`, { [`a${n + 2}`]: "1" })],
        [`b${n} a${n + 1}`, pack(`a${n + 1}@2.0.0`, { [`a${n + 2}`]: "*" })],
        [`b${n} b${n + 1}`, pack(`b${n + 1}@1.0.0`, { [`a${n + 2}`]: "*", [`b${n + 2}`]: "*" })],
      ]).flat() as [string, ReturnType<typeof pack>][],
    );
    const last = pack(`a${length + 1}@1.0.0`);
    const ends = Object.fromEntries([
      [`a${length} a${length + 1}`, last],
      [`b${length} a${length + 1}`, last],
      [`b${length} b${length + 1}`, pack(`b${length + 1}@1.0.0`)],
    ]) as Record<string, ReturnType<typeof pack>>;
    const root = pack("b0@1.0.0", { a1: "*", b1: "*" });
    const found = idsOf(await resolveRequirements(root, told({ ...answers, ...ends })));
    expect(found).to.include.members(["a1@2.0.0", "a40@2.0.0", "a41@1.0.0"]);
    expect(found).to.have.length(2 * (length + 1));
  });

  it("is told of where the two go on displacing each other", async () => {
    const find = told({
      "app a": pack("a@2.0.0", { c: "*" }),
      "a c": pack("c@1.0.0", { a: "^1.0.0" }),
      "c a": pack("a@1.0.0"),
    });
    const error = await rejection(resolveRequirements(pack("app@1.0.0", { a: "*" }), find));
    expect(error).to.include({ name: "LoadError", code: "requirement-conflict", unit: "app" });
    expect(error.message).to.include("app@1.0.0 requires a *, and got 2.0.0");
  });

  it("may leave a circle in which nothing suits, which names who wants what", async () => {
    const find = told({
      "app a": pack("a@1.0.0", { b: "*" }),
      "a b": pack("b@1.0.0", { a: "^2.0.0" }),
      "b a": pack("a@2.0.0"),
    });
    const error = await rejection(resolveRequirements(pack("app@1.0.0", { a: "1" }), find));
    expect(error.code).to.equal("requirement-conflict");
    expect(error.message)
      .to.include("app@1.0.0 requires a 1, and got 1.0.0")
      .and.include("b@1.0.0 requires a ^2.0.0, and got 2.0.0");
  });

  it("is told of where each has yet another one", async () => {
    let count = 0;
    const endless = (): UnitPackage => pack(`a@1.${count++}.0`, { a: "*" });
    const error = await rejection(resolveRequirements(pack("app@1.0.0", { a: "*" }), endless));
    expect(error.code).to.equal("requirement-conflict");
    expect(error.message).to.include("requires a *, and got 1.");
    expect(count).to.be.below(1000);
  });
});
