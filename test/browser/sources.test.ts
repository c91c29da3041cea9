import { expect } from "chai";
import { createHost, type Host, type UnitSource } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { address, locate, serveFiles, type FileServer, type ServedFile } from "./sources-files.js";

const manifest = { name: "greeter", version: "1.2.3" };
const code = `export const greet = () => "hello";`;
const packed = JSON.stringify({
  manifest,
  modules: { "index.js": `export { greet } from "./lib/greet.js";`, "lib/greet.js": code },
});

describe("a source of a unit", () => {
  let host: Host;
  let server: FileServer | undefined;
  before(() => void (host = createHost({ pool: { worker: 1 } })));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });
  afterEach(() => server?.stop());

  const serve = (files: Record<string, ServedFile>): void => void (server = serveFiles(files));

  /** Loads, greets, unloads. @returns the id and the greeting */
  async function greet(source: UnitSource): Promise<unknown[]> {
    const unit = await host.load<{ greet(): Promise<string> }>(source);
    const result = [unit.id, await unit.exports.greet()];
    await unit.unload();
    return result;
  }

  it("is the address of a manifest, as a string, a URL or relative", async () => {
    for (const source of [
      "/test/browser/units/greeter/unit.json",
      new URL("/test/browser/units/greeter/unit.json", location.href),
    ]) {
      expect(await greet(source)).to.deep.equal(["greeter@1.2.3", "hello from a file"]);
    }
    const base = Object.assign(document.createElement("base"), { href: "/test/browser/" });
    document.head.append(base);
    expect(await greet("units/greeter/unit.json?v=1#x")).to.deep.equal(["greeter@1.2.3", "hello from a file"]);
    base.remove();
  });

  it("is the same files that a page could import itself", async () => {
    const file = "/test/browser/units/greeter/index.js";
    const { greet: native } = (await import(/* @vite-ignore */ file)) as { greet(): string };
    expect((await greet(file))[1]).to.equal(native());
  });

  it("is a manifest, with the modules below it that it names and that these import", async () => {
    serve({
      "unit.json": JSON.stringify({ ...manifest, entry: "src/main.js" }),
      "src/main.js": `import { greet } from "./deep/a b.js"; export { greet }; import("./late.js"); import("./missing.js").catch(() => {});`,
      "src/deep/a b.js": `import data from "../../data.json" with { type: "json" }; export const greet = () => data.text;`,
      "src/late.js": `import "./later.js"`,
      "src/later.js": ``,
      "data.json": `{ "text": "hello" }`,
      "src/unused.js": `throw 1`,
    });
    expect(await greet(`${address}unit.json`)).to.deep.equal(["greeter@1.2.3", "hello"]);
    expect(server!.asked.sort()).to.deep.equal([
      "data.json",
      "src/deep/a%20b.js",
      "src/late.js",
      "src/later.js",
      "src/main.js",
      "src/missing.js",
      "unit.json",
    ]);
  });

  it("may have modules that are missing or broken, as long as they are only reached by import()", async () => {
    const late = {
      "a.js": `import "./gone.js"`,
      "b.js": `}`,
      "c.js": () => new Response("<p>", { headers: { "content-type": "text/html" } }),
    };
    serve({
      "unit.json": JSON.stringify(manifest),
      "index.js": `const late = () => [import("./a.js"), import("./b.js"), import("./c.js"), import("./d.js")]; export const greet = async () => (await Promise.allSettled(late())).map(({ reason }) => reason.code);`,
      ...late,
    });
    const codes = ["module-not-found", "syntax-error", "module-not-found", "module-not-found"];
    expect((await greet(`${address}unit.json`))[1]).to.deep.equal(codes);
  });

  it("has to have what the entry needs, even if that is reached by import() before", async () => {
    serve({
      "unit.json": JSON.stringify(manifest),
      "index.js": `import("./a.js"); import "./slow.js"`,
      "slow.js": async () => (await new Promise((resolve) => setTimeout(resolve, 50)), new Response(`import "./a.js"`)),
      "a.js": `import "./gone.js"`,
    });
    expect(await rejection(greet(`${address}unit.json`))).to.include({ code: "http-status", unit: "greeter" });
    expect(server!.asked.filter((path) => path === "gone.js")).to.have.length(1);
  });

  it("is a single module, with what it imports beside it", async () => {
    serve({
      "lib/Word Count.min.js": `import { greet } from "./b.js"; export { greet };`,
      "lib/b.js": `import "./Word%20Count.min.js"; ${code}`,
    });
    expect(await greet(`${address}lib/Word Count.min.js`)).to.deep.equal(["word-count.min@0.0.0", "hello"]);
    expect(server!.asked).to.deep.equal(["lib/Word%20Count.min.js", "lib/b.js"]);
  });

  it("is where the server redirects to, and so are its modules", async () => {
    serve({
      "latest/unit.json": () => locate(Response.json(manifest), `${address}v1/unit.json`),
      "latest.js": () => locate(new Response(`export { greet } from "./greet.js"`), `${address}v1/index.js`),
      "v1/index.js": `export { greet } from "./greet.js"`,
      "v1/greet.js": code,
    });
    expect(await greet(`${address}latest/unit.json`)).to.deep.equal(["greeter@1.2.3", "hello"]);
    expect(await greet(`${address}latest.js`)).to.deep.equal(["latest@0.0.0", "hello"]);
  });

  it("is told by its media type where its name has no ending", async () => {
    serve({
      unit: () => Response.json(manifest, { headers: { "content-type": "application/manifest+json; charset=utf-8" } }),
      "index.js": code,
      module: () => new Response(code, { headers: { "content-type": "text/javascript" } }),
      "pack.json": packed,
    });
    expect((await greet(`${address}unit`))[0]).to.equal("greeter@1.2.3");
    expect((await greet(`${address}module`))[0]).to.equal("module@0.0.0");
    expect((await greet(`${address}pack.json`))[0]).to.equal("greeter@1.2.3");
  });

  it("is a data: or blob: address", async () => {
    const blob = URL.createObjectURL(new Blob([code]));
    expect((await greet(blob))[1]).to.equal("hello");
    URL.revokeObjectURL(blob);
    expect((await greet(`data:text/javascript,${encodeURIComponent(code)}`))[1]).to.equal("hello");
    expect((await greet(`data:application/json,${encodeURIComponent(packed)}`))[0]).to.equal("greeter@1.2.3");
  });

  it("is a Blob: a module or a packed unit, typed or not", async () => {
    for (const type of ["", "text/javascript", "text/plain"]) {
      expect(await greet(new Blob([code], { type })), type).to.deep.equal(["anonymous@0.0.0", "hello"]);
    }
    for (const type of ["", "application/json", "application/leasehold+json; charset=utf-8"]) {
      expect(await greet(new Blob([packed], { type })), type).to.deep.equal(["greeter@1.2.3", "hello"]);
    }
    expect(await greet(new Blob(["\uFEFF", packed]))).to.deep.equal(["greeter@1.2.3", "hello"]);
    expect(await greet(new File([packed], "greeter.unit"))).to.deep.equal(["greeter@1.2.3", "hello"]);
  });

  it("is a text, with as much of a manifest as there is", async () => {
    expect(await greet({ code })).to.deep.equal(["anonymous@0.0.0", "hello"]);
    expect(await greet({ code, manifest: { name: "mine", entry: "a/b.js" } })).to.deep.equal(["mine@0.0.0", "hello"]);
    expect(
      (
        await greet({ code: `export const greet = () => import.meta.url`, manifest: { name: "mine", entry: "a/b.js" } })
      )[1],
    ).to.equal("unit:///mine@0.0.0/a/b.js");
  });

  it("is a manifest with its modules, as they were when it was given", async () => {
    const source = { manifest: { ...manifest }, modules: { "index.js": code } };
    const loading = greet(source);
    source.modules["index.js"] = "throw 1";
    source.manifest.name = "other";
    expect(await loading).to.deep.equal(["greeter@1.2.3", "hello"]);
  });

  it("tells how far it has been read", async () => {
    serve({ "unit.json": JSON.stringify(manifest), "index.js": code });
    const told: [string, number, number | undefined][] = [];
    const unit = await host.load(`${address}unit.json`, {
      onProgress: ({ phase, loaded, total }) => told.push([phase, loaded, total]),
    });
    await unit.unload();
    const bytes = JSON.stringify(manifest).length + code.length;
    expect(told[0]).to.deep.equal(["fetch", 0, undefined]);
    expect(told.findLast(([phase]) => phase === "fetch")).to.deep.equal(["fetch", bytes, undefined]);
    expect(told.find(([phase]) => phase === "verify")).to.deep.equal(["verify", bytes, bytes]);
    expect(told.map(([, loaded]) => loaded)).to.deep.equal(told.map(([, loaded]) => loaded).sort((a, b) => a - b));
  });
});

describe("an inspection", () => {
  let server: FileServer;
  const host = createHost({ pool: {} });
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });
  afterEach(() => server?.stop());

  it("fetches the manifest and nothing else", async () => {
    const whole = {
      ...manifest,
      permissions: { network: ["https://a.example"] },
      integrity: { "index.js": `sha384-${"A".repeat(64)}` },
    };
    server = serveFiles({ "unit.json": JSON.stringify(whole), "index.js": "throw 1" });
    expect(await host.inspect(`${address}unit.json`)).to.deep.equal(whole);
    expect(server.asked).to.deep.equal(["unit.json"]);
  });

  it("runs nothing, whatever the source is", async () => {
    const bad = `globalThis.ran = true; throw 1; this is no module`;
    server = serveFiles({ "unit.js": `import "./b.js"; ${bad}`, "b.js": bad });
    expect(await host.inspect(`${address}unit.js`)).to.deep.equal({ name: "unit", version: "0.0.0", entry: "unit.js" });
    expect(server.asked).to.deep.equal(["unit.js"]);
    expect(await host.inspect({ code: bad })).to.deep.equal({ name: "anonymous", version: "0.0.0" });
    expect(await host.inspect({ manifest, modules: { "index.js": bad } })).to.deep.equal(manifest);
    expect(await host.inspect(new Blob([JSON.stringify({ manifest, modules: { "index.js": bad } })]))).to.deep.equal(
      manifest,
    );
    expect(globalThis).not.to.have.property("ran");
  });
});
