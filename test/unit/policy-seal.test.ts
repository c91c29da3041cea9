import { expect } from "chai";
import { allowedFeatures } from "../../src/policy/allowed-features.js";
import { contentSecurityPolicy } from "../../src/policy/content-security-policy.js";
import { openFeatures } from "../../src/policy/open-features.js";
import { sandboxFlags } from "../../src/policy/sandbox-flags.js";
import { CLOSED, sealFor } from "../../src/policy/seal.js";
import type { Grant } from "../../src/unit/manifest.js";

/** A policy as the engine reads it. */
const directives = (policy: string): Record<string, string> =>
  Object.fromEntries(policy.split("; ").map((each) => [each.split(" ")[0]!, each.split(" ").slice(1).join(" ")]));

describe("the policy of a domain", () => {
  const one = "https://api.example.com";
  const other = "wss://live.example.com:8443";
  const local = "data: blob:";
  const always = {
    "default-src": "'none'",
    "script-src": "blob: 'unsafe-eval' 'wasm-unsafe-eval'",
    "worker-src": "blob:",
    "style-src": "'unsafe-inline' blob: data:",
    "object-src": "'none'",
    "frame-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
  };
  const reaching = (sources: string): Record<string, string> => ({
    "connect-src": sources,
    "img-src": sources,
    "media-src": sources,
    "font-src": sources,
  });
  const table: [network: string[], policy: Record<string, string>][] = [
    [[], { ...always, ...reaching(local) }],
    [[one], { ...always, ...reaching(`${local} ${one}`) }],
    [[one, other], { ...always, ...reaching(`${local} ${one} ${other}`) }],
  ];
  for (const [network, policy] of table) {
    it(`reaches ${network.join(" and ") || "nothing"}${network.length ? " and nothing else" : ""}`, () =>
      expect(directives(contentSecurityPolicy(network))).to.deep.equal(policy));
  }
});

describe("the sandbox of a domain", () => {
  const table: [features: string[], flags: string][] = [
    [[], "allow-scripts"],
    [["pointer-lock"], "allow-scripts allow-pointer-lock"],
    [["orientation-lock"], "allow-scripts allow-orientation-lock"],
    [["modals"], "allow-scripts allow-modals"],
    [["downloads"], "allow-scripts allow-downloads"],
    [["modals", "downloads", "modals"], "allow-scripts allow-downloads allow-modals"],
    [["fullscreen", "camera"], "allow-scripts"],
    [["same-origin", "allow-same-origin", "top-navigation", "popups", "popups-to-escape-sandbox"], "allow-scripts"],
    [["forms", "presentation", "storage-access", "storage-access-by-user-activation"], "allow-scripts"],
    [["constructor", "to-string", "__proto__"], "allow-scripts"],
  ];
  for (const [features, flags] of table)
    it(`with ${features.join(", ") || "nothing"} granted is "${flags}"`, () =>
      expect(sandboxFlags(features)).to.equal(flags));
});

describe("the features of a domain", () => {
  const table: [granted: string[], open: string[], allow: string][] = [
    [[], [], ""],
    [["fullscreen"], [], "fullscreen *"],
    [["fullscreen", "camera"], [], "fullscreen *; camera *"],
    [[], ["gamepad", "sync-xhr"], "gamepad 'none'; sync-xhr 'none'"],
    [["gamepad"], ["gamepad", "sync-xhr"], "gamepad *; sync-xhr 'none'"],
    [["camera", "camera"], ["gamepad"], "camera *; gamepad 'none'"],
    [["pointer-lock", "modals"], ["gamepad"], "gamepad 'none'"],
  ];
  for (const [granted, open, allow] of table)
    it(`with ${granted.join(", ") || "nothing"} granted, where any frame has ${open.join(", ") || "none"}, are "${allow}"`, () =>
      expect(allowedFeatures(granted, open)).to.equal(allow));

  it("that any frame has are told by the engine, or are those that engines are known to give", () =>
    expect(openFeatures()).to.include.members(["gamepad", "picture-in-picture", "sync-xhr", "storage-access"]));
});

describe("the seal of a grant", () => {
  it("is its policy, its features and its sandbox", () => {
    const grant = { network: ["https://a.example"], features: ["fullscreen", "modals"], capabilities: ["notes"] };
    expect(sealFor(grant, ["gamepad"])).to.deep.equal({
      policy: contentSecurityPolicy(["https://a.example"]),
      allow: "fullscreen *; gamepad 'none'",
      sandbox: "allow-scripts allow-modals",
    });
  });

  it("is closed where nothing is granted, and where only capabilities are, which the platform knows nothing of", () => {
    expect(sealFor({})).to.deep.equal(CLOSED);
    expect(sealFor({ capabilities: ["notes"] })).to.deep.equal(CLOSED);
    expect(CLOSED.allow).not.to.include("*");
  });

  const wider: [title: string, grant: unknown, path: string][] = [
    ["a directive behind an origin", { network: ["https://a.example; script-src *"] }, "grant.network.0"],
    ["another source behind an origin", { network: ["https://a.example *"] }, "grant.network.0"],
    ["a line behind an origin", { network: ["https://a.example\nscript-src *"] }, "grant.network.0"],
    ["any host", { network: ["*"] }, "grant.network.0"],
    ["any host of a scheme", { network: ["https:"] }, "grant.network.0"],
    ["any host of a domain", { network: ["https://*.example.com"] }, "grant.network.0"],
    ["any port", { network: ["https://a.example:*"] }, "grant.network.0"],
    ["a keyword", { network: ["'self'"] }, "grant.network.0"],
    [
      "a comma, which ends a policy in a header",
      { network: ["https://a.example,https://b.example"] },
      "grant.network.0",
    ],
    ["the origin of files", { network: ["file:///"] }, "grant.network.0"],
    ["an address for an origin", { network: ["https://a.example/path"] }, "grant.network.0"],
    ["text in the place of a list", { network: "https://a.example" }, "grant.network"],
    ["something with an index in the place of a list", { network: { 0: "https://a.example" } }, "grant.network"],
    ["an object that becomes text", { network: [{ toString: () => "https://a.example" }] }, "grant.network.0"],
    ["a feature behind a feature", { features: ["fullscreen *; camera"] }, "grant.features.0"],
    ["an allowlist behind a feature", { features: ["camera *"] }, "grant.features.0"],
    ["any feature", { features: ["*"] }, "grant.features.0"],
    ["a text of features", { features: "camera" }, "grant.features"],
    ["a key that there is none of", { newtork: ["https://a.example"] }, "grant.newtork"],
    ["nothing", null, "grant"],
    ["yes", true, "grant"],
    ["a list", [], "grant"],
  ];
  for (const [title, grant, path] of wider) {
    it(`is refused to ${title}`, () =>
      expect(() => sealFor(grant as Grant))
        .to.throw(new RegExp(`\n- ${path.replaceAll(".", String.raw`\.`)}: `))
        .and.include({ name: "DataError", code: "grant-invalid" }));
  }
});
