import { expect } from "chai";
import { digest, verifyIntegrity } from "../../src/unit/integrity.js";
import { rejection } from "../support/rejection.js";

const manifest = (integrity?: Record<string, string>) => ({
  name: "sample",
  version: "1.0.0",
  ...(integrity && { integrity }),
});

describe("a module's digest", () => {
  // FIPS 180-4's "abc" and the empty message, in base64 as Subresource Integrity writes it.
  const known: [text: string, digest: string][] = [
    ["", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="],
    ["abc", "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="],
    ["", "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"],
    ["abc", "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn"],
    ["", "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="],
    ["abc", "sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="],
  ];
  for (const [text, expected] of known) {
    const algorithm = expected.slice(0, 6) as "sha256";
    it(`is known for ${JSON.stringify(text)} by ${algorithm}`, async () => {
      expect(await digest(text, algorithm)).to.equal(expected);
      await verifyIntegrity(manifest({ "a.js": expected }), { "a.js": text });
    });
  }

  it("is that of its UTF-8 bytes, whatever they are", async () => {
    for (const text of ["ä", "𝒳", "\uFEFFa", "a\r\nb", "\0", "\u2028"]) {
      const bytes = await crypto.subtle.digest("SHA-384", new TextEncoder().encode(text));
      const expected = `sha384-${btoa(String.fromCharCode(...new Uint8Array(bytes)))}`;
      expect(await digest(text)).to.equal(expected);
    }
  });
});

describe("the integrity of a unit", () => {
  it("is not checked where its manifest has no digests", async () => {
    await verifyIntegrity(manifest(), { "a.js": "anything" });
  });

  it("is broken by one other byte, and says where", async () => {
    const integrity = { "a.js": await digest("a"), "b.js": await digest("b") };
    await verifyIntegrity(manifest(integrity), { "a.js": "a", "b.js": "b" });
    for (const other of ["b ", "B", "", "\uFEFFb", "b\n"]) {
      const error = await rejection(verifyIntegrity(manifest(integrity), { "a.js": "a", "b.js": other }));
      expect(error).to.include({ name: "IntegrityError", code: "integrity-mismatch", unit: "sample" });
      expect(error.message)
        .to.include("b.js of sample")
        .and.to.include(integrity["b.js"])
        .and.to.include(await digest(other));
    }
  });

  it("takes nothing for a digest that is not the manifest's own", async () => {
    for (const path of ["b.js", "constructor", "toString", "__proto__"]) {
      const modules = Object.fromEntries([[path, "x"]]);
      const error = await rejection(verifyIntegrity(manifest({ "a.js": await digest("a") }), modules));
      expect(error).to.include({ name: "IntegrityError", code: "integrity-missing", unit: "sample" });
      expect(error.message).to.include(path);
    }
    expect(await rejection(verifyIntegrity(manifest({}), { "a.js": "a" }))).to.include({ code: "integrity-missing" });
  });

  it("is not fulfilled by a digest of another algorithm, or by half of one", async () => {
    const sha256 = await digest("a", "sha256");
    for (const wrong of [sha256.replace("sha256", "sha384"), sha256.slice(0, -1), sha256.slice(0, 20)]) {
      const error = await rejection(verifyIntegrity(manifest({ "a.js": wrong }), { "a.js": "a" }));
      expect(error.code).to.equal("integrity-mismatch");
    }
  });
});
