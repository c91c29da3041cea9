import { expect } from "chai";
import type { LeaseholdError } from "../../src/errors.js";
import { resolveRequirements, type FindRequired } from "../../src/unit/requirements/resolve-requirements.js";
import type { UnitPackage } from "../../src/unit/unit-package.js";
import { among, pack, told } from "../support/packages.js";
import { rejection } from "../support/rejection.js";

async function failure(root: UnitPackage, find: FindRequired): Promise<LeaseholdError & { lines: string[] }> {
  const error = await rejection(resolveRequirements(root, find));
  expect(error).to.include({ name: "LoadError", unit: "app" });
  const lines = [...error.message.matchAll(/^- (.*)$/gm)].map(([, line]) => line as string);
  return Object.assign(error, { lines });
}

describe("what a unit requires and cannot have", () => {
  it("is missing where nobody is offered it: everybody who wants it is named, and what else is missing", async () => {
    const app = pack("app@1.0.0", { a: "*", lib: "^1.0.0", other: "3" });
    const error = await failure(app, among(pack("a@1.2.0", { lib: "^2.0.0" })));
    expect(error.code).to.equal("requirement-missing");
    expect(error.lines).to.deep.equal([
      "app@1.0.0 requires lib ^1.0.0",
      "a@1.2.0 requires lib ^2.0.0",
      "app@1.0.0 requires other 3",
    ]);
  });

  it("conflicts where no version suits everybody: each is named with its range and what it got", async () => {
    const app = pack("app@1.0.0", { a: "*", b: "*", lib: "*" });
    const error = await failure(
      app,
      told({
        "app a": pack("a@1.0.0", { lib: "^1.0.0" }),
        "app b": pack("b@1.0.0", { lib: "^2.0.0" }),
        "a lib": pack("lib@1.5.0"),
        "b lib": pack("lib@2.1.0"),
      }),
    );
    expect(error.code).to.equal("requirement-conflict");
    expect(error.lines).to.deep.equal([
      "app@1.0.0 requires lib *, and got nothing",
      "a@1.0.0 requires lib ^1.0.0, and got 1.5.0",
      "b@1.0.0 requires lib ^2.0.0, and got 2.1.0",
    ]);
  });

  it("conflicts where it is offered in another version, or by another name", async () => {
    const app = pack("app@1.0.0", { lib: "^1.0.0" });
    const version = await failure(app, () => pack("lib@2.0.0"));
    expect(version.code).to.equal("requirement-conflict");
    expect(version.lines).to.deep.equal(["app@1.0.0 requires lib ^1.0.0, and got 2.0.0"]);
    const name = await failure(app, () => pack("@acme/lib@1.0.0"));
    expect(name.code).to.equal("requirement-conflict");
    expect(name.lines).to.deep.equal(["app@1.0.0 requires lib ^1.0.0, and got @acme/lib@1.0.0"]);
  });

  it("conflicts where two units that differ are offered under one name and version", async () => {
    const app = pack("app@1.0.0", { a: "*", lib: "^1.0.0" });
    const error = await failure(
      app,
      told({
        "app a": pack("a@1.0.0", { lib: "1" }),
        "app lib": pack("lib@1.5.0"),
        "a lib": pack("lib@1.5.0", {}),
      }),
    );
    expect(error.code).to.equal("requirement-conflict");
    expect(error.message).to.include("differ").and.include("one name and version");
    expect(error.lines).to.deep.equal([
      "app@1.0.0 requires lib ^1.0.0, and got 1.5.0",
      "a@1.0.0 requires lib 1, and got 1.5.0",
    ]);
  });

  it("is missing before it conflicts, for that is mended first", async () => {
    const app = pack("app@1.0.0", { lib: "1", gone: "1" });
    const error = await failure(app, told({ "app lib": pack("lib@2.0.0") }));
    expect(error.code).to.equal("requirement-missing");
    expect(error.lines).to.deep.equal(["app@1.0.0 requires gone 1"]);
  });

  it("is what the search threw", async () => {
    const cause = new Error("no such unit");
    const find = told({ "app a": pack("a@1.0.0", { lib: "*" }) });
    for (const name of ["a", "lib"]) {
      const failing: FindRequired = (...wish) => (wish[0] === name ? Promise.reject(cause) : find(...wish));
      expect(await rejection(resolveRequirements(pack("app@1.0.0", { a: "*" }), failing))).to.equal(cause);
    }
  });

  it("is what the search threw at once, where only the unit itself can want it", async () => {
    const cause = new Error("no such unit");
    const find: FindRequired = (name) => (name === "a" ? new Promise(() => {}) : Promise.reject(cause));
    expect(await rejection(resolveRequirements(pack("app@1.0.0", { a: "*", b: "*" }), find))).to.equal(cause);
  });

  it("is not the unit itself", async () => {
    const app = pack("app@1.0.0", { app: "*" });
    for (const find of [() => app, () => pack("app@1.0.0", { app: "*" }), () => undefined]) {
      const error = await failure(app, find);
      expect(error.code).to.equal("requirement-cycle");
      expect(error.lines).to.deep.equal(["app@1.0.0 requires app *"]);
    }
  });

  it("does not require it again, by one or two others, in whatever version", async () => {
    const app = pack("app@1.0.0", { a: "1" });
    for (const found of [app, pack("app@2.0.0"), undefined]) {
      const one = await failure(app, told({ "app a": pack("a@1.0.0", { app: "*" }), "a app": found }));
      expect(one.code).to.equal("requirement-cycle");
      expect(one.lines).to.deep.equal(["app@1.0.0 requires a 1", "a@1.0.0 requires app *"]);
    }
    const two = await failure(app, among(app, pack("a@1.0.0", { b: "*" }), pack("b@1.0.0", { app: "1" })));
    expect(two.lines).to.deep.equal(["app@1.0.0 requires a 1", "a@1.0.0 requires b *", "b@1.0.0 requires app 1"]);
  });

  it("may be a circle at the end of a chain, which is told of without the chain", async () => {
    const find = among(
      pack("a@1.0.0", { b: "1" }),
      pack("b@1.0.0", { x: "*", c: "1" }),
      pack("c@1.0.0", { d: "~1.0.0" }),
      pack("d@1.0.0", { b: "^1.0.0" }),
      pack("x@1.0.0"),
    );
    const error = await failure(pack("app@1.0.0", { a: "1" }), find);
    expect(error.code).to.equal("requirement-cycle");
    expect(error.lines).to.deep.equal([
      "b@1.0.0 requires c 1",
      "c@1.0.0 requires d ~1.0.0",
      "d@1.0.0 requires b ^1.0.0",
    ]);
  });
});
