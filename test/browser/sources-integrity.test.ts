import { expect } from "chai";
import { createHost, type Host, type UnitManifest, type UnitSource } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { address, serveFiles, type FileServer, type ServedFile } from "./sources-files.js";

const bytesOf = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));

/** As `openssl dgst -sha384 -binary | base64` of the file has it. */
async function digestOf(file: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof file === "string" ? bytesOf(file) : file;
  return `sha384-${btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-384", bytes))))}`;
}

describe("the integrity of what is loaded", () => {
  let host: Host;
  let server: FileServer | undefined;
  let logs: unknown[] = [];
  before(() => {
    host = createHost({ pool: { frame: 0, worker: 0 } });
    host.addEventListener("log", (event) => logs.push(...(event as CustomEvent<{ args: unknown[] }>).detail.args));
  });
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });
  beforeEach(() => void (logs = []));
  afterEach(() => server?.stop());

  const mark = Uint8Array.of(0xef, 0xbb, 0xbf);
  const contents: Record<string, Uint8Array<ArrayBuffer>> = {
    "plain ASCII": bytesOf(`export const x = "a";`),
    "a byte order mark": bytesOf([...mark], `import "./other.js"; export const x = "a";`),
    "two byte order marks": bytesOf([...mark, ...mark], `export const x = "a";`),
    "a byte order mark and a hashbang": bytesOf([...mark], `#!/usr/bin/env node\nexport const x = "a";`),
    "a byte order mark in the middle": bytesOf(`export const x = "`, [...mark], `a";`),
    "Windows line ends": bytesOf(`export const x\r\n= "a";\r\n`),
    "Mac line ends": bytesOf(`// a\rexport const x = "a";\r`),
    "characters of two, three and four bytes": bytesOf(`export const x = "ä…𝒳";`),
    "line separators and a NUL": bytesOf(`export const x = "\u2028\u2029\0";`),
    "no end of line at all": bytesOf(`export const x = 1 //`),
  };
  for (const [what, bytes] of Object.entries(contents)) {
    it(`is that of the file's own bytes, with ${what}`, async () => {
      const integrity = { "index.js": await digestOf(bytes), "other.js": await digestOf("") };
      const manifest: UnitManifest = { name: "signed", version: "1.0.0", integrity };
      server = serveFiles({ "unit.json": JSON.stringify(manifest), "index.js": bytes, "other.js": "" });
      const unit = await host.load<{ x: unknown }>(`${address}unit.json`);
      const expected = /x\s*= "(.*)"/s.exec(new TextDecoder().decode(bytes))?.[1] ?? 1;
      expect(await unit.exports.x).to.equal(expected);
      await unit.unload();
    });
  }

  it("is that of a JSON file, with a byte order mark or without", async () => {
    for (const data of [bytesOf(`{ "a": 1 }`), bytesOf([...mark], `{ "a": 1 }\r\n`)]) {
      const index = `import data from "./data.json"; export const a = data.a;`;
      const integrity = { "index.js": await digestOf(index), "data.json": await digestOf(data) };
      const manifest = JSON.stringify({ name: "signed", version: "1.0.0", integrity });
      server = serveFiles({ "unit.json": bytesOf([...mark], manifest), "index.js": index, "data.json": data });
      const unit = await host.load<{ a: number }>(`${address}unit.json`);
      expect(await unit.exports.a).to.equal(1);
      await unit.unload();
      server.stop();
    }
  });

  const index = `import "./lib/a.js"; import("./late.js"); console.info("ran");`;
  const modules: Record<string, string> = {
    "index.js": index,
    "lib/a.js": `console.info("ran a");`,
    "late.js": "",
    "extra.js": "",
  };

  async function signed(changes: Record<string, string | undefined> = {}): Promise<UnitManifest> {
    const entries = Object.entries(modules).map(async ([path, text]) => [path, await digestOf(text)]);
    const integrity = { ...Object.fromEntries(await Promise.all(entries)), ...changes } as Record<string, string>;
    for (const [path, digest] of Object.entries(integrity)) if (digest === undefined) delete integrity[path];
    return { name: "signed", version: "1.0.0", integrity };
  }

  /** The same unit in every form that a manifest with digests can have. */
  function forms(manifest: UnitManifest, files: Record<string, string>): UnitSource[] {
    const pack = JSON.stringify({ manifest, modules: files });
    const served: Record<string, ServedFile> = { "unit.json": JSON.stringify(manifest), "pack.json": pack, ...files };
    server = serveFiles(served);
    return [`${address}unit.json`, `${address}pack.json`, new Blob([pack]), { manifest, modules: files }];
  }

  it("lets through what is as it was signed", async () => {
    for (const source of forms(await signed(), modules)) await (await host.load(source)).unload();
    expect(logs).to.deep.equal(["ran a", "ran", "ran a", "ran", "ran a", "ran", "ran a", "ran"]);
  });

  const tampered: [what: string, files: Record<string, string>, path: string][] = [
    ["a byte more in the entry", { "index.js": index + " " }, "index.js"],
    ["another dependency", { "lib/a.js": `console.info("evil");` }, "lib/a.js"],
    ["a dependency that is no module any more", { "lib/a.js": `<!doctype html><p>it's` }, "lib/a.js"],
    [
      "a dependency that imports more",
      { "lib/a.js": `import "https://evil.example/x.js"; import "./evil.js"` },
      "lib/a.js",
    ],
    ["a module that is only imported later", { "late.js": "evil" }, "late.js"],
    ["a module that nobody names", { "extra.js": "evil" }, "extra.js"],
    ["a byte order mark more", { "lib/a.js": `\uFEFF${modules["lib/a.js"]}` }, "lib/a.js"],
    ["other line ends", { "lib/a.js": `${modules["lib/a.js"]}\r\n` }, "lib/a.js"],
  ];
  for (const [what, files, path] of tampered) {
    it(`stops ${what}: nothing runs`, async () => {
      const manifest = await signed();
      for (const source of forms(manifest, { ...modules, ...files })) {
        const error = await rejection(host.load(source));
        expect(error).to.include({ name: "IntegrityError", code: "integrity-mismatch", unit: "signed" });
        expect(error.message).to.include(`${path} of signed`).and.to.include(manifest.integrity![path]);
      }
      expect(logs).to.deep.equal([]);
      expect(host.stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0 });
    });
  }

  it("stops a module that is not listed: nothing runs", async () => {
    for (const source of forms(await signed({ "lib/a.js": undefined }), modules)) {
      const error = await rejection(host.load(source));
      expect(error).to.include({ name: "IntegrityError", code: "integrity-missing", unit: "signed" });
      expect(error.message).to.include("lib/a.js");
    }
    expect(logs).to.deep.equal([]);
  });

  it("stops a unit that lacks a module which is listed: nothing runs", async () => {
    const codes = [];
    for (const source of forms(await signed({ "gone.js": await digestOf("") }), modules)) {
      const error = await rejection(host.load(source));
      expect(error.message).to.include("gone.js");
      codes.push(error.code);
    }
    expect(codes).to.deep.equal(["http-status", "module-not-found", "module-not-found", "module-not-found"]);
    expect(logs).to.deep.equal([]);
  });
});
