import { expect } from "chai";
import type { LeaseholdError } from "../../src/errors.js";
import { entryOf, isolationOf } from "../../src/unit/manifest.js";
import { parseManifest } from "../../src/unit/parse-manifest.js";

const least = { name: "word-count", version: "1.2.3" };
const whole = {
  ...least,
  entry: "lib/main.js",
  isolation: "frame",
  view: true,
  requires: { "@scope/parser": "^2.0.0" },
  implements: { chart: "1.2.0", "@scope/legend": "0.3.1" },
  permissions: { network: ["https://api.example.com"], capabilities: ["storage"], features: ["clipboard-write"] },
  integrity: { "lib/main.js": "sha384-" + "A".repeat(64) },
  title: "Word count",
  description: "",
  icon: "data:,",
  publisher: "Someone",
};

function faultsOf(data: unknown): string[] {
  try {
    parseManifest(data, "unit.json");
  } catch (error) {
    const { name, code, message } = error as LeaseholdError;
    expect({ name, code }).to.deep.equal({ name: "LoadError", code: "manifest-invalid" });
    return message.split("\n- ").slice(1);
  }
  return [];
}

describe("a manifest", () => {
  it("is accepted with the least it needs, and with all it may have", () => {
    expect(parseManifest(least, "")).to.deep.equal(least);
    expect(parseManifest(whole, "")).to.deep.equal(whole);
  });

  it("is copied, so that a later edit of the original does not reach it", () => {
    const original = structuredClone(whole);
    const parsed = parseManifest(original, "");
    original.permissions.network.push("https://evil.example");
    original.requires["@scope/parser"] = "*";
    original.integrity["lib/main.js"] = "sha384-other";
    expect(parsed).to.deep.equal(whole);
  });

  it("has an entry and an isolation by default", () => {
    expect(entryOf(least)).to.equal("index.js");
    expect(isolationOf(least)).to.equal("worker");
    expect(isolationOf({ ...least, view: true })).to.equal("frame");
    expect(isolationOf({ ...least, view: true, isolation: "realm" })).to.equal("realm");
  });

  it("has every fault named, with its path", () => {
    const faults = faultsOf({
      name: "Word Count",
      entry: "../index.js",
      isolation: "iframe",
      view: "yes",
      requires: { parser: 2 },
      permissions: { network: ["https://api.example.com/path", 5], features: ["Fullscreen"], netwrok: [] },
      integrity: { "/index.js": "md5-abc" },
      colour: "red",
    });
    expect(faults.map((fault) => fault.split(":")[0])).to.have.members([
      "name",
      "version",
      "entry",
      "isolation",
      "view",
      "requires.parser",
      "permissions.network.0",
      "permissions.network.1",
      "permissions.features.0",
      "permissions.netwrok",
      "integrity./index.js",
      "integrity./index.js",
      "colour",
    ]);
    expect(faults).to.include("version: is missing");
  });

  it("names the unit and where the manifest came from", () => {
    expect(() => parseManifest({ name: "word-count" }, "https://example.com/unit.json"))
      .to.throw("word-count (https://example.com/unit.json)")
      .with.property("unit", "word-count");
  });

  it("has unknown keys, each with the near one of its own level", () => {
    expect(faultsOf({ ...least, permisions: {}, isolaton: true, integritty: {} })).to.deep.equal([
      `permisions: unknown key; did you mean "permissions"?`,
      `isolaton: unknown key; did you mean "isolation"?`,
      `integritty: unknown key; did you mean "integrity"?`,
    ]);
    expect(faultsOf({ ...least, permissions: { capability: [], titel: "" } })).to.deep.equal([
      `permissions.capability: unknown key; did you mean "capabilities"?`,
      `permissions.titel: unknown key; there are network, capabilities, features.`,
    ]);
    expect(faultsOf({ ...least, networks: [] })[0]).to.match(/^networks: unknown key; there are name, version, /);
  });

  it("has no names that would be lost as keys of an object", () => {
    for (const name of ["__proto__", "prototype", "constructor"]) {
      const manifest: unknown = JSON.parse(
        `{ "name": "a", "version": "1.0.0", "requires": { "${name}": "*" }, "implements": { "${name}": "1.0.0" }, ` +
          `"integrity": { "${name}": "sha384-AAAA" } }`,
      );
      const named = faultsOf(manifest).map((fault) => fault.split(":")[0]);
      expect(named, name).to.deep.equal(["requires", "implements", "integrity"]);
    }
  });

  it("has no keys that come from Object's prototype", () => {
    expect(faultsOf({ ...least, toString: "x", constructor: "y" })).to.have.length(2);
    expect(faultsOf(JSON.parse(`{ "name": "a", "version": "1.0.0", "__proto__": { "view": true } }`))).to.have.length(
      1,
    );
  });

  for (const [what, data] of Object.entries({
    null: null,
    nothing: undefined,
    "a number": 42,
    "a string": "word-count",
    "an array": [least],
    true: true,
  })) {
    it(`is not ${what}`, () => {
      expect(faultsOf(data)).to.deep.equal([
        what === "nothing" ? "the manifest: is missing" : "the manifest: must be an object",
      ]);
    });
  }

  it("has objects where objects belong, not arrays", () => {
    const faults = faultsOf({ ...least, permissions: [], requires: [], integrity: null });
    expect(faults).to.have.members([
      "permissions: must be an object",
      "requires: must be an object",
      "integrity: must be an object",
    ]);
  });

  it("has lists where lists belong", () => {
    const faults = faultsOf({
      ...least,
      permissions: { network: "https://a.example", capabilities: { 0: "x" }, features: null },
    });
    expect(faults.map((fault) => fault.split(":")[0])).to.deep.equal([
      "permissions.network",
      "permissions.capabilities",
      "permissions.features",
    ]);
  });

  for (const name of ["", "Word", "a b", ".a", "_a", "@scope", "@scope/", "@/a", "a/b", "ä", "a@1", "../a", "a\n"]) {
    it(`has no name like ${JSON.stringify(name)}`, () => {
      expect(faultsOf({ ...least, name })).to.deep.equal([`name: must be a package name, e.g. "word-count"`]);
    });
  }

  it("has a name as npm allows it", () => {
    for (const name of ["a", "0", "a.b_c-d~e", "@a/b", "@my-org/my.pkg"])
      expect(faultsOf({ ...least, name })).to.deep.equal([]);
  });

  it("has a semantic version", () => {
    for (const version of [
      "1",
      "1.2",
      "v1.2.3",
      "1.2.3.4",
      "01.2.3",
      "latest",
      "",
      "1.x.0",
      "^1.0.0",
      "1.2.3 ",
      " 1.2.3",
      "99999999999999999999.0.0",
    ]) {
      expect(faultsOf({ ...least, version }), version).to.deep.equal([
        `version: must be a semantic version, e.g. "1.2.3"`,
      ]);
    }
    for (const version of ["0.0.0", "1.2.3-beta.1", "1.2.3+build.5"])
      expect(faultsOf({ ...least, version })).to.deep.equal([]);
  });

  it("asks for origins, and for nothing that could mean more in a policy", () => {
    const wrong = [
      "api.example.com",
      "https://api.example.com/",
      "https://API.example.com",
      "https://user@example.com",
      "https://*.example.com",
      "https://*",
      "https:",
      "*",
      "data:",
      "blob:https://example.com",
      "https://a.example;script-src-elem",
      "https://a.example,https://b.example",
      "https://a.example 'unsafe-inline'",
      "'self'",
      "file://x",
      "ftp://example.com",
      "https://example.com:443",
      "null",
      "",
    ];
    for (const origin of wrong) {
      expect(faultsOf({ ...least, permissions: { network: [origin] } }), origin).to.have.length(1);
    }
    const right = [
      "https://a.example",
      "http://localhost:8080",
      "wss://a.example:444",
      "https://xn--bcher-kva.example",
      "http://[::1]:3000",
    ];
    expect(faultsOf({ ...least, permissions: { network: right } })).to.deep.equal([]);
  });

  it("stays readable however large it is", () => {
    const huge = "x".repeat(1_000_000);
    const data: Record<string, unknown> = { name: huge, version: huge, isolation: huge, [huge]: 1 };
    for (let index = 0; index < 1000; index++) data[`key${index}`] = index;
    expect(() => parseManifest(data, "unit.json"))
      .to.throw()
      .with.property("message")
      .with.length.below(5000);
    expect(faultsOf(data)).to.have.length(21);
    expect(faultsOf(data).at(-1)).to.equal("… and 983 more");
  });
});
