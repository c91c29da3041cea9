import { expect } from "chai";
import { createHost, type Host, type UnitManifest } from "leasehold";
import { frameHeaders } from "../../src/vite/frame-headers.js";
import { leavesNothing } from "../support/baseline.js";
import { buildUnit, serveFrame } from "../support/vite.js";

const manifest = { name: "sample", version: "1.2.0", title: "A sample" };
const json = (more: object = {}): string => JSON.stringify({ ...manifest, ...more });

const sources = {
  "unit.json": json(),
  "index.ts": `
    import { half } from "./lib/half.js";
    export const quarter = (n: number): number => half(half(n));
    export const later = async (): Promise<string> => (await import("./lib/later.js")).later;
    export const mode = (): string | undefined => process.env.NODE_ENV;`,
  "lib/half.ts": `export const half = (aLongNameThatIsMinified: number): number => aLongNameThatIsMinified / 2;`,
  "lib/later.ts": `export const later: string = "later";`,
};
interface Sample {
  quarter(n: number): number;
  later(): string;
  mode(): string;
}

async function built(...asked: Parameters<typeof buildUnit>): Promise<{
  manifest: UnitManifest;
  modules: Record<string, string>;
}> {
  const { built: files, error } = await buildUnit(...asked);
  if (!files) throw new Error(error?.message);
  const { "unit.json": said = "", ...rest } = files;
  const modules = Object.entries(rest).filter(([path]) => !path.endsWith(".map"));
  return { manifest: JSON.parse(said) as UnitManifest, modules: Object.fromEntries(modules) };
}

/** The one that a document shows. */
async function configIn(path: string): Promise<string> {
  const markdown = await (await fetch(path)).text();
  const [, config = ""] = /^```js\n(\/\/ vite\.config\.js\n[^]*?)^```$/m.exec(markdown) ?? [];
  expect(config).to.include("leasehold/vite");
  return config;
}

async function failure(...asked: Parameters<typeof buildUnit>): Promise<string> {
  const { error } = await buildUnit(...asked);
  expect(error, "an error of the build").to.exist;
  return error!.message;
}

describe("a unit that is built by Vite", () => {
  let host: Host;
  before(() => (host = createHost({ pool: {} })));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

  for (const sourcemap of [false, true]) {
    it(`is minified modules that match the manifest's digests${sourcemap ? ", with source maps too" : ""}`, async () => {
      const source = await built(sources, { config: { build: { sourcemap } } });
      expect(source.manifest).to.deep.include(manifest);
      expect(Object.keys(source.manifest.integrity!)).to.deep.equal(["index.js", "later.js"]);
      expect(Object.keys(source.modules)).to.have.members(["index.js", "later.js"]);
      expect(source.modules["index.js"]).to.not.include("aLongNameThatIsMinified");

      const unit = await host.load<Sample>(source);
      expect(await unit.exports.quarter(8)).to.equal(2);
      expect(await unit.exports.later()).to.equal("later");
      expect(await unit.exports.mode()).to.equal("production");
      await unit.unload();
    });
  }

  it("has the entry that its manifest names, made of the source of that name", async () => {
    const { "index.ts": code, ...rest } = sources;
    const files = {
      ...rest,
      "unit.json": json({ entry: "lib/main.js" }),
      "lib/main.ts": code.replaceAll("./lib/", "./"),
    };
    const source = await built(files);
    expect(source.modules).to.have.all.keys("lib/main.js", "later.js");
    const unit = await host.load<Sample>(source);
    expect(await unit.exports.quarter(8)).to.equal(2);
    expect(await unit.exports.later()).to.equal("later");
    await unit.unload();
  });

  it("leaves outside what it gets where it runs, and nothing else", async () => {
    const code = `
      import { capability } from "leasehold/unit";
      import { draw } from "chart";
      import { legend } from "chart/lib/legend.js";
      export default [capability, draw, legend];`;
    const files = { "unit.json": json({ requires: { chart: "^1.0.0" } }), "index.ts": code };
    const source = await built(files);
    for (const specifier of ["leasehold/unit", "chart", "chart/lib/legend.js"])
      expect(source.modules["index.js"]).to.match(new RegExp(`from ?"${specifier}"`));

    const message = await failure({ ...files, "unit.json": json() });
    expect(message).to.include(`index.ts of sample imports "chart"`).and.include("name it in the manifest's requires");
  });

  it("is built by the configuration that docs/units.md shows", async () => {
    const config = await configIn("/docs/units.md");
    const source = await built({ ...sources, "vite.config.js": config, "package.json": `{ "type": "module" }` });
    expect(source.manifest.integrity).to.have.all.keys("index.js", "later.js");
  });

  it("has what the options say of it, before what its file says", async () => {
    const { manifest: said } = await built(sources, { options: { override: { version: "2.0.0", view: true } } });
    expect(said).to.include({ name: "sample", version: "2.0.0", view: true });
  });

  it("takes its icon's file into the manifest", async () => {
    const picture = `<svg xmlns="http://www.w3.org/2000/svg">\n  <rect />\n</svg>\n`;
    const { manifest: said } = await built({
      ...sources,
      "unit.json": json({ icon: "./icon.svg" }),
      "icon.svg": picture,
    });
    expect(await (await fetch(said.icon!)).text()).to.equal(`<svg xmlns="http://www.w3.org/2000/svg"><rect /></svg>`);
    expect(await failure({ ...sources, "unit.json": json({ icon: "./icon.svg" }) })).to.include("icon.svg");
  });

  it("is not built when its manifest is wrong, and every fault is named", async () => {
    const message = await failure({ ...sources, "unit.json": `{ "name": "Sample", "permisions": {} }` });
    expect(message).to.include("unit.json");
    expect(message).to.include(`\n- name: must be a package name`);
    expect(message).to.include(`\n- version: is missing`);
    expect(message).to.include(`\n- permisions: unknown key; did you mean "permissions"?`);
    expect(await failure({ ...sources, "unit.json": "{" })).to.include("unit.json is not JSON");
    expect(await failure({ "index.ts": "" })).to.include("write the unit's manifest there");
    expect(await failure({ "unit.json": json() })).to.include("sample has no entry: index.ts");
  });

  it("is not built when a file of it would be no module", async () => {
    const files = { ...sources, "index.ts": `import "./style.css";`, "style.css": `p { color: red }` };
    expect(await failure(files)).to.include("is no module");
    const inlined = { ...files, "index.ts": `import style from "./style.css?inline"; export default style;` };
    expect((await built(inlined)).modules).to.have.all.keys("index.js");
  });
});

describe("the frame document, with Vite,", () => {
  const granted = { network: ["https://api.example.com"], features: ["fullscreen"] };
  const lowerCased = (headers: [string, string][]) =>
    Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));

  it("is served by the configuration that docs/hosting.md shows", async () => {
    const files = { "vite.config.js": await configIn("/docs/hosting.md"), "package.json": `{ "type": "module" }` };
    const { headers } = await serveFrame("dev", "/leasehold/frame.html", { files });
    expect(headers).to.include(lowerCased(frameHeaders({ network: ["https://api.example.com"] })));
  });

  for (const by of ["dev", "preview"] as const) {
    it(`is served by ${by} as it is in the package, with its headers`, async () => {
      const { headers, text } = await serveFrame(by, "/leasehold/frame.html", { options: granted });
      expect(text).to.equal(await (await fetch("/dist/frame.html")).text());
      expect(headers).to.include({ "content-type": "text/html; charset=utf-8", ...lowerCased(frameHeaders(granted)) });
    });

    it(`is served by ${by} at the path that was asked for, below the page's base, with the server's headers`, async () => {
      const isolated = {
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Content-Security-Policy": "script-src 'self'",
      };
      const config = { base: "/app/", server: { headers: isolated }, preview: { headers: isolated } };
      const { headers, text } = await serveFrame(by, "/app/frame.html?v=1", {
        options: { path: "frame.html" },
        config,
      });
      expect(text).to.include("Leasehold domain");
      expect(headers["cross-origin-embedder-policy"]).to.equal("require-corp");
      expect(headers).to.include(lowerCased(frameHeaders()));
    });

    it(`leaves the other addresses of ${by} alone`, async () => {
      const { headers, text } = await serveFrame(by, "/index.html");
      expect(text).to.include("A page");
      expect(headers).to.not.have.property("permissions-policy");
    });
  }
});
