import { expect } from "chai";
import { resolveRequirements, type FindRequired } from "../../src/unit/requirements/resolve-requirements.js";
import type { UnitPackage } from "../../src/unit/unit-package.js";
import { among, idsOf, pack, told } from "../support/packages.js";

const resolved = async (root: UnitPackage, find: FindRequired): Promise<string[]> =>
  idsOf(await resolveRequirements(root, find));

describe("what a unit requires", () => {
  it("is nothing where it requires nothing, and nobody is asked then", async () => {
    const find = (): never => {
      throw new Error("It was asked for.");
    };
    expect(await resolved(pack("app@1.0.0"), find)).to.deep.equal([]);
    expect(await resolved({ manifest: { name: "app", version: "1.0.0" }, modules: {} }, find)).to.deep.equal([]);
  });

  it("comes in an order in which each is behind what it requires, else in that of the manifest", async () => {
    const find = among(
      pack("a@1.0.0", { c: "1" }),
      pack("b@1.0.0", { d: "1" }),
      pack("c@1.0.0", { b: "1" }),
      pack("d@1.0.0"),
      pack("e@1.0.0"),
    );
    const app = pack("app@1.0.0", { e: "1", a: "1", d: "1", b: "1" });
    expect(await resolved(app, find)).to.deep.equal(["e@1.0.0", "d@1.0.0", "b@1.0.0", "c@1.0.0", "a@1.0.0"]);
  });

  it("is there once where several require it, and tells who does", async () => {
    const find = among(
      pack("left@1.0.0", { base: "^1.0.0" }),
      pack("right@1.0.0", { base: "~1.2.0" }),
      pack("base@1.2.3"),
    );
    const found = await resolveRequirements(pack("app@1.0.0", { left: "*", right: "*", base: "*" }), find);
    expect(idsOf(found)).to.deep.equal(["base@1.2.3", "left@1.0.0", "right@1.0.0"]);
    const wishes = found[0]!.requirements.map(({ requester, range }) => `${requester.name} ${range}`);
    expect(wishes).to.deep.equal(["app *", "left ^1.0.0", "right ~1.2.0"]);
  });

  it("is the highest version of those offered that suits everybody", async () => {
    const lib = (version: string): UnitPackage => pack(`lib@${version}`);
    const app = pack("app@1.0.0", { a: "*", b: "*", lib: "<3" });
    const offers = (a: string, b: string) =>
      told({
        "app a": pack("a@1.0.0", { lib: "^1.0.0" }),
        "app b": pack("b@1.0.0", { lib: ">=1.1.0" }),
        "app lib": lib("1.1.0"),
        "a lib": lib(a),
        "b lib": lib(b),
      });
    expect(await resolved(app, offers("1.9.0", "1.10.0"))).to.deep.equal(["lib@1.10.0", "a@1.0.0", "b@1.0.0"]);
    expect(await resolved(app, offers("1.0.0", "2.5.0"))).to.include("lib@1.1.0");
    expect(await resolved(app, offers("1.2.0", "3.0.0"))).to.include("lib@1.2.0");
  });

  it("may be offered to one requester only, and suit the others too", async () => {
    const found = resolved(
      pack("app@1.0.0", { lib: "*", a: "*" }),
      told({ "app a": pack("a@1.0.0", { lib: "^1.0.0" }), "a lib": pack("lib@1.4.0") }),
    );
    expect(await found).to.deep.equal(["lib@1.4.0", "a@1.0.0"]);
  });

  it("is of the requester's own choice: another version may be given to each, in loads apart", async () => {
    const find: FindRequired = (_name, _range, { name }) => pack(name === "old" ? "lib@1.0.0" : "lib@2.0.0");
    expect(await resolved(pack("old@1.0.0", { lib: "*" }), find)).to.deep.equal(["lib@1.0.0"]);
    expect(await resolved(pack("new@1.0.0", { lib: "*" }), find)).to.deep.equal(["lib@2.0.0"]);
  });

  it("is a prerelease only where a range names one of the same version", async () => {
    const beta = among(pack("lib@2.0.0-beta.2"));
    const asks = (range: string) => resolved(pack("app@1.0.0", { lib: range }), () => pack("lib@2.0.0-beta.2"));
    expect(await asks("^2.0.0-beta.1")).to.deep.equal(["lib@2.0.0-beta.2"]);
    for (const range of ["*", ">=1", "^2.0.0", "^2.0.0-beta.3", "^2.0.1-beta.1"]) {
      let code = "none";
      await asks(range).catch((error: { code: string }) => (code = error.code));
      expect(code, range).to.equal("requirement-conflict");
    }
    expect(await resolved(pack("app@1.0.0", { lib: "2.0.0-beta.2" }), beta)).to.deep.equal(["lib@2.0.0-beta.2"]);
  });

  it("orders prereleases before their release, and heeds no build", async () => {
    const app = pack("app@1.0.0", { a: "*", lib: ">=2.0.0-alpha" });
    const find = told({
      "app a": pack("a@1.0.0", { lib: ">=2.0.0-alpha" }),
      "app lib": pack("lib@2.0.0-rc.10+linux"),
      "a lib": pack("lib@2.0.0-rc.9"),
    });
    expect(await resolved(app, find)).to.deep.equal(["lib@2.0.0-rc.10+linux", "a@1.0.0"]);
  });

  it("is asked for once by each requester, however many rounds it takes", async () => {
    const asked: string[] = [];
    const answers = told({
      "app a": pack("a@1.0.0", { lib: "*" }),
      "app b": pack("b@1.0.0", { a: "2", lib: "*" }),
      "b a": pack("a@2.0.0", { lib: "2" }),
      "a lib": pack("lib@2.0.0", { c: "*" }),
      "b lib": pack("lib@1.0.0"),
      "lib c": pack("c@1.0.0"),
    });
    const found = resolved(pack("app@1.0.0", { a: "*", b: "*" }), (name, range, requester) => {
      asked.push(`${requester.name}@${requester.version} ${name} ${range}`);
      return answers(name, range, requester);
    });
    expect(await found).to.deep.equal(["c@1.0.0", "lib@2.0.0", "a@2.0.0", "b@1.0.0"]);
    expect(asked.toSorted()).to.deep.equal([
      "a@1.0.0 lib *",
      "a@2.0.0 lib 2",
      "app@1.0.0 a *",
      "app@1.0.0 b *",
      "b@1.0.0 a 2",
      "b@1.0.0 lib *",
      "lib@2.0.0 c *",
    ]);
  });

  it("may have names that objects have by themselves", async () => {
    const names = ["constructor", "valueof", "to-string", "~", "-", "__proto__".replaceAll("_", "-")];
    const requires = Object.fromEntries(names.map((name) => [name, "*"]));
    const found = await resolved(pack("app@1.0.0", requires), (name) => pack(`${name}@1.0.0`));
    expect(found).to.deep.equal(names.map((name) => `${name}@1.0.0`));
  });
});
