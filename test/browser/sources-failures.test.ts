import { expect } from "chai";
import {
  createHost,
  type Host,
  type LeaseholdError,
  type LoadOptions,
  type UnitManifest,
  type UnitSource,
} from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { elsewhere, status, withHeaders } from "../support/served.js";
import { address, endless, serveFiles, type FileServer, type ServedFile } from "./sources-files.js";

const manifest = { name: "broken", version: "1.0.0" };
const json = JSON.stringify(manifest);
const nothing = { units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0, warm: 0 };

describe("a source that cannot be read", () => {
  let host: Host;
  let server: FileServer | undefined;
  before(() => void (host = createHost({ pool: { frame: 0, worker: 0 } })));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });
  afterEach(() => server?.stop());

  async function fail(
    source: UnitSource,
    expected: Partial<LeaseholdError>,
    ...words: string[]
  ): Promise<LeaseholdError> {
    const error = await rejection(host.load(source));
    expect(error.message).to.be.a("string");
    expect({ name: error.name, code: error.code }, error.message).to.deep.equal({ name: "LoadError", ...expected });
    for (const word of words) expect(error.message).to.include(word);
    expect(host.stats()).to.deep.equal(nothing);
    return error;
  }

  const failServed = (files: Record<string, ServedFile>, expected: Partial<LeaseholdError>, ...words: string[]) => {
    server = serveFiles(files);
    return fail(`${address}unit.json`, expected, ...words);
  };

  it("is an address at which there is nothing", async () => {
    await fail(
      "/nowhere/unit.json",
      { code: "http-status" },
      "404",
      "/nowhere/unit.json",
      "load()",
      "Check the address",
    );
    await fail("/nowhere/index.js", { code: "http-status" }, "404");
    await fail(status(503), { code: "http-status" }, "503");
    const error = await fail(status(403), { code: "http-status" }, "403");
    expect(error.cause).to.equal(403);
  });

  it("is a manifest whose modules are not there", async () => {
    const entry = await failServed(
      { "unit.json": json },
      { code: "http-status" },
      "broken: the server answered 404",
      "index.js, wanted by the manifest",
    );
    expect(entry.unit).to.equal("broken");
    const files = { "unit.json": json, "index.js": `import "./lib/a.js"`, "lib/a.js": `import "../b.js"` };
    await failServed(
      files,
      { code: "http-status" },
      "broken: the server answered 404",
      `${address}b.js, wanted by lib/a.js`,
    );
  });

  it("is on a server that does not let this page read it, or does not exist", async () => {
    const foreign = await elsewhere("/test/browser/units/greeter/unit.json");
    const error = await fail(
      foreign,
      { code: "fetch-failed" },
      foreign,
      "wanted by load()",
      "CORS",
      "Access-Control-Allow-Origin",
    );
    expect(error.cause).to.be.instanceOf(TypeError);
    await fail(
      "http://127.0.0.1:1/unit.json",
      { code: "fetch-failed" },
      "http://127.0.0.1:1/unit.json",
      "network is down",
    );
    await fail("nowhere://x/unit.json", { code: "fetch-failed" }, "nowhere://x/unit.json");
  });

  it("breaks off while it is read", async () => {
    const breaking = () =>
      new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError("cut")) }));
    await failServed({ "unit.json": json, "index.js": breaking }, { code: "fetch-failed" }, "broken", "index.js");
  });

  it("is a page instead of a manifest, or no JSON", async () => {
    await fail(withHeaders("/index.html", {}), { code: "not-a-module" }, "is a page (text/html)");
    await failServed(
      { "unit.json": "<!doctype html><title>Home</title>" },
      { code: "manifest-not-json" },
      `${address}unit.json`,
      "a page",
      "Check the address",
    );
    await failServed(
      { "unit.json": "{ name: 'x' }" },
      { code: "manifest-not-json" },
      `${address}unit.json`,
      "not JSON",
    );
    await failServed({ "unit.json": "" }, { code: "manifest-not-json" }, "not JSON");
    await failServed({ "unit.json": "[]" }, { code: "manifest-invalid" }, "must be an object");
    await failServed(
      { "unit.json": `{ "name": "broken" }` },
      { code: "manifest-invalid" },
      "broken",
      "version: is missing",
    );
  });

  it("is a page instead of a module", async () => {
    const page = () => new Response("<!doctype html>", { headers: { "content-type": "text/html; charset=utf-8" } });
    const error = await failServed(
      { "unit.json": json, "index.js": `import "./a.js"`, "a.js": page },
      { code: "not-a-module" },
      "broken",
      "a.js",
      "wanted by index.js",
      "text/html",
    );
    expect(error.unit).to.equal("broken");
  });

  it("is a module that is no UTF-8 text", async () => {
    const latin1 = new Uint8Array([0x2f, 0x2f, 0xe4]);
    await failServed(
      { "unit.json": json, "index.js": latin1 },
      { code: "not-utf8" },
      "broken",
      "index.js",
      "Save it as UTF-8",
    );
    const wasm = new Uint8Array([0, 0x61, 0x73, 0x6d, 0xff]);
    await failServed({ "unit.json": wasm }, { code: "not-utf8" }, "unit.json");
  });

  it("has a module that cannot be read as one", async () => {
    await failServed(
      { "unit.json": json, "index.js": `import "./a.js"`, "a.js": `}` },
      { code: "syntax-error" },
      "a.js of broken",
      "to its end",
    );
  });

  it("has nothing beside it, being a data: or blob: address", async () => {
    await fail(
      `data:text/javascript,${encodeURIComponent(`import "./a.js"`)}`,
      { code: "module-not-found" },
      "a.js",
      "data:",
    );
    const url = URL.createObjectURL(new Blob([json], { type: "application/json" }));
    await fail(url, { code: "module-not-found" }, "broken", "index.js", "blob:");
    URL.revokeObjectURL(url);
  });

  it("stops all its requests with the first that fails", async () => {
    let isAborted = false;
    const never = ({ signal }: Request) =>
      new Promise<Response>((_, reject) => {
        signal.addEventListener("abort", () => {
          isAborted = true;
          reject(signal.reason as Error);
        });
      });
    await failServed(
      { "unit.json": json, "index.js": `import "./slow.js"; import "./missing.js"`, "slow.js": never },
      { code: "http-status" },
      "missing.js",
    );
    expect(isAborted).to.equal(true);
  });

  const kinds: Record<string, unknown> = {
    null: null,
    undefined: undefined,
    "a number": 42,
    "an empty object": {},
    "an array": [],
    "a function": () => {},
    "{ code: 1 }": { code: 1 },
    "a symbol": Symbol("x"),
    true: true,
  };
  for (const [what, source] of Object.entries(kinds)) {
    it(`is ${what}`, async () => {
      await fail(
        source as UnitSource,
        { code: "source-unknown" },
        "load() takes an address, a Blob, { code }, { manifest, modules } or what define() began",
      );
      expect(await rejection(host.inspect(source as UnitSource))).to.include({ code: "source-unknown" });
    });
  }

  it("is no address", async () => {
    await fail("https://", { code: "source-unknown" }, `"https://"`);
    await fail("http://[", { code: "source-unknown" }, `"http://["`);
  });

  it("has paths that lead elsewhere, or modules that are none", async () => {
    for (const path of ["../a.js", "/a.js", "", "a//b.js", "./a.js", "a/../../b.js", "\uD800"]) {
      await fail(
        { manifest, modules: { "index.js": "", [path]: "" } },
        { code: "path-invalid" },
        `"${path}" of broken`,
        `write it like "lib/parse.js"`,
      );
    }
    await fail({ manifest: { ...manifest, entry: "../a.js" }, modules: {} }, { code: "manifest-invalid" }, "entry");
    for (const text of [null, 1, {}, new Blob([])]) {
      await fail(
        { manifest, modules: { "index.js": text as string } },
        { code: "modules-invalid" },
        "index.js of broken",
        "source text",
      );
    }
    for (const modules of [null, 1, "x", undefined]) {
      await fail({ manifest, modules: modules as never }, { code: "modules-invalid" }, "broken");
    }
    await fail({ modules: {} } as UnitSource, { code: "manifest-invalid" }, "is missing");
    await fail(
      { code: "", manifest: { name: "No Name" } as UnitManifest },
      { code: "manifest-invalid" },
      "name: must be",
    );
  });

  it("is a Blob that is neither", async () => {
    await fail(new Blob([json], { type: "application/json" }), { code: "source-unknown" }, "not a packed unit");
    await fail(new Blob(["{ nope"], { type: "application/json" }), { code: "manifest-not-json" }, "The Blob");
    await fail(new Blob(["{ nope"]), { code: "manifest-not-json" }, "The Blob");
    await fail(new Blob([`{ "manifest": {}, "modules": {} }`]), { code: "manifest-invalid" }, "name: is missing");
    await fail(new Blob([`{ "manifest": ${json}, "modules": [] }`]), { code: "module-not-found" }, "index.js");
    await fail(
      new Blob([`{ "manifest": ${json}, "modules": { "index.js": 5 } }`]),
      { code: "modules-invalid" },
      "index.js",
    );
  });

  describe("for its size", () => {
    const loadWithin = (bytes: number, source: UnitSource, options?: LoadOptions) =>
      host.load(source, { limits: { messageBytes: bytes }, ...options });
    const tooLarge = async (bytes: number, source: UnitSource) => {
      const error = await rejection(loadWithin(bytes, source));
      expect(error).to.include({ name: "LimitExceededError", code: "unit-too-large" });
      expect(error.message).to.include(`more than ${bytes} bytes`).and.to.include("limits.messageBytes");
      expect(host.stats()).to.deep.equal(nothing);
    };

    it("is not read to its end", async () => {
      const { body, read, isCancelled } = endless();
      server = serveFiles({ "unit.json": json, "index.js": () => new Response(body) });
      await tooLarge(10_000, `${address}unit.json`);
      expect(isCancelled()).to.equal(true);
      expect(read()).to.be.below(20_000);
    });

    it("counts the bytes of all modules, at hand or fetched, and each once", async () => {
      const text = `//${"ä".repeat(500)}`;
      const files = { "unit.json": json, "index.js": `import "./a.js"${text}`, "a.js": text };
      const modules = { "index.js": files["index.js"], "a.js": text };
      const bytes = new Blob(Object.values(modules)).size;
      const pack = JSON.stringify({ manifest, modules });
      const packBytes = new Blob([pack]).size;
      const sources: [UnitSource, number][] = [
        [{ manifest, modules }, bytes],
        [{ code: text }, new Blob([text]).size],
        [`${address}unit.json`, bytes + json.length],
        [`${address}index.js`, bytes],
        [`${address}pack.json`, packBytes],
        [new Blob([pack]), packBytes],
        [new Blob([text]), new Blob([text]).size],
      ];
      server = serveFiles({ ...files, "pack.json": pack });
      for (const [source, size] of sources) {
        await (await loadWithin(size, source)).unload({ mode: "force" });
        await tooLarge(size - 1, source);
      }
    });
  });
});
