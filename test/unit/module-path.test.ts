import { expect } from "chai";
import { baseOf, isModulePath, resolveModulePath } from "../../src/unit/module-path.js";

describe("a module's path", () => {
  it("names a file inside the unit", () => {
    for (const path of ["index.js", "lib/a.js", "a b.js", "…/ä.js", ".hidden", "...", "a..b", "__proto__", "c:d.js"]) {
      expect(isModulePath(path), path).to.equal(true);
    }
    const wrong = [
      "",
      "/",
      "/a.js",
      "a/",
      "a//b.js",
      ".",
      "..",
      "../a.js",
      "./a.js",
      "a/../b.js",
      "a/./b.js",
      "a/..",
      "\uD800.js",
    ];
    for (const path of wrong) expect(isModulePath(path), path).to.equal(false);
  });

  it("is what a relative specifier leads to", () => {
    const cases: [specifier: string, importer: string, path: string][] = [
      ["./b.js", "a.js", "b.js"],
      ["./b.js", "lib/a.js", "lib/b.js"],
      ["../b.js", "lib/a.js", "b.js"],
      ["./x/../y/./b.js", "lib/a.js", "lib/y/b.js"],
      ["../../b.js", "x/y/a.js", "b.js"],
      ["./a.js", "a.js", "a.js"],
      ["./constructor", "a.js", "constructor"],
      ["./b%20c.js", "a.js", "b c.js"],
      ["./%C3%A4.js", "a.js", "ä.js"],
      ["./100%.js", "a.js", "100%.js"],
    ];
    for (const [specifier, importer, path] of cases)
      expect(resolveModulePath(specifier, importer), specifier).to.equal(path);
  });

  it("is not what another specifier leads to", () => {
    const wrong = [
      "b.js",
      "/b.js",
      "https://a.example/b.js",
      "",
      ".",
      "..",
      "./",
      "../b.js",
      "./../b.js",
      "./x/../../b.js",
    ];
    for (const specifier of [...wrong, "./%2e%2e/b.js", "./x//b.js", ".b.js", "lib/b.js"]) {
      expect(resolveModulePath(specifier, "a.js"), specifier).to.equal(undefined);
    }
  });

  it("follows the unit's base in its address", () => {
    const base = baseOf({ name: "@scope/unit", version: "1.0.0+build" });
    expect(base).to.equal("unit:///@scope/unit@1.0.0+build/");
    expect(new URL("../b.js?x", base + "lib/a.js").href).to.equal(base + "b.js?x");
  });
});
