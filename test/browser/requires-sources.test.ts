import { expect } from "chai";
import { createHost, type Host, type HostOptions, type Unit, type UnitManifest } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { address, locate, serveFiles, type FileServer, type ServedFile } from "./sources-files.js";

const files = {
  "lib.json": JSON.stringify({ name: "lib", version: "1.0.0" }),
  "index.js": `export { value } from "./deep.js";`,
  "deep.js": `export const value = 7;`,
};
const user = (name: string, requires: UnitManifest["requires"] = { lib: "1" }) => ({
  manifest: { name, version: "1.0.0", requires } as UnitManifest,
  modules: { "index.js": `export { value } from "lib";` },
});
interface Valued {
  value: number;
}

describe("the source of a required unit", () => {
  let host: Host;
  let server: FileServer | undefined;
  let resolve: NonNullable<HostOptions["resolve"]>;
  before(() => void (host = createHost({ pool: { worker: 1 }, resolve: (...wish) => resolve(...wish) })));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });
  beforeEach(() => void (resolve = () => `${address}lib.json`));
  afterEach(() => server?.stop());

  const serve = (served: Record<string, ServedFile> = files): FileServer => (server = serveFiles(served));
  const load = (name: string, options = {}, requires?: UnitManifest["requires"]): Promise<Unit<Valued>> =>
    host.load<Valued>(user(name, requires), options);
  /** A file that comes when it is let. */
  function held(text: string): { file: ServedFile; let(): void; isAborted(): boolean } {
    const gate = Promise.withResolvers<void>();
    let isAborted = false;
    const file = async ({ url, signal }: Request): Promise<Response> => {
      signal.addEventListener("abort", () => {
        isAborted = true;
        gate.reject(signal.reason);
      });
      await gate.promise;
      const type = url.endsWith(".json") ? "application/json" : "text/javascript";
      return locate(new Response(text, { headers: { "content-type": type } }), url);
    };
    return { file, let: gate.resolve, isAborted: () => isAborted };
  }

  it("is asked for once by two loads at once, and by a later one while it is in use", async () => {
    const { asked } = serve();
    const [one, two] = await Promise.all([load("one"), load("two")]);
    expect(asked).to.deep.equal(["lib.json", "index.js", "deep.js"]);
    await one.unload();
    const three = await load("three");
    expect(asked).to.have.length(3);
    expect(await three.exports.value).to.equal(7);
    expect(host.units.size).to.equal(3);
    await Promise.all([two.unload(), three.unload()]);
  });

  it("is asked for anew when all who used it have gone", async () => {
    const { asked } = serve();
    for (const name of ["one", "two"]) {
      const unit = await load(name);
      const required = host.units.get("lib@1.0.0") as Unit;
      await unit.unload();
      await required.unloaded;
    }
    expect(asked).to.have.length(6);
  });

  it("is kept while the page has the same unit loaded by itself", async () => {
    const { asked } = serve();
    const own = await host.load(`${address}lib.json`);
    expect(asked).to.have.length(3);
    const one = await load("one");
    expect(asked).to.have.length(6);
    await one.unload();
    const two = await load("two");
    expect(asked).to.have.length(6);
    expect(host.units.size).to.equal(2);
    await two.unload();
    await own.unload();
  });

  it("is another one by another address, and the same by one that is written otherwise", async () => {
    const { asked } = serve({ ...files, "lib.json?2": files["lib.json"] });
    resolve = (_name, _range, { name }) =>
      name === "one" ? `${address}lib.json` : new URL(`${address}x/../lib.json${name === "three" ? "?2" : ""}`);
    const units = await Promise.all(["one", "two", "three"].map((name) => load(name)));
    expect(asked.filter((path) => path.startsWith("lib.json"))).to.deep.equal(["lib.json", "lib.json?2"]);
    expect(host.units.size).to.equal(4);
    await Promise.all(units.map((unit) => unit.unload()));
  });

  it("comes for one load though the other, which asked for it first, is given up", async () => {
    const deep = held(files["deep.js"]);
    const { asked } = serve({ ...files, "deep.js": deep.file });
    const giveUp = new AbortController();
    const first = rejection(load("first", { signal: giveUp.signal }));
    await until("it is being fetched", () => asked.includes("deep.js"));
    let isAsked = false;
    resolve = () => {
      isAsked = true;
      return `${address}lib.json`;
    };
    const second = load("second");
    await until("the second asks for it", () => isAsked);
    giveUp.abort();
    expect(await first).to.include({ code: "load-aborted" });
    expect(deep.isAborted()).to.equal(false);
    deep.let();
    const unit = await second;
    expect(await unit.exports.value).to.equal(7);
    expect(asked.filter((path) => path === "lib.json")).to.have.length(1);
    await unit.unload();
  });

  it("is not waited for any more when all who wanted it have given up", async () => {
    const deep = held("");
    const { asked } = serve({ ...files, "deep.js": deep.file });
    const giveUp = new AbortController();
    const loads = ["one", "two"].map((name) => rejection(load(name, { signal: giveUp.signal })));
    await until("it is being fetched", () => asked.includes("deep.js"));
    giveUp.abort();
    for (const error of await Promise.all(loads)) expect(error).to.include({ code: "load-aborted" });
    await until("the request is cancelled", deep.isAborted);
  });

  it("is not asked for by a load that has failed meanwhile, nor kept", async () => {
    const { asked } = serve();
    const found = Promise.withResolvers<string>();
    resolve = (name) => {
      if (name === "lib") return found.promise;
      throw new RangeError("no");
    };
    expect(await rejection(load("app", {}, { lib: "1", bad: "1" }))).to.include({ code: "resolve-failed" });
    found.resolve(`${address}lib.json`);
    await new Promise((done) => setTimeout(done, 50));
    expect(asked).to.deep.equal([]);
    await (await load("later", {}, { lib: "1" })).unload();
    expect(asked).to.have.length(3);
  });

  it("is asked for again after it could not be had", async () => {
    const { asked } = serve({ ...files, "deep.js": () => new Response("", { status: 503 }) });
    const [one, two] = await Promise.all(["one", "two"].map((name) => rejection(load(name))));
    for (const [name, error] of [
      ["one", one!],
      ["two", two!],
    ] as const) {
      expect(error).to.include({ name: "LoadError", code: "http-status", unit: "lib" });
      expect(error.message).to.include(`${name}@1.0.0 requires lib 1, which cannot be had`);
    }
    expect(asked.filter((path) => path === "deep.js")).to.have.length(1);
    server!.stop();
    serve();
    await (await load("three")).unload();
  });

  it("may be a Blob, which is read once", async () => {
    const packed = { manifest: { name: "lib", version: "1.0.0" }, modules: { "index.js": "export const value = 8;" } };
    const blob = new Blob([JSON.stringify(packed)], { type: "application/json" });
    let reads = 0;
    const stream = blob.stream.bind(blob);
    const text = blob.text.bind(blob);
    const buffer = blob.arrayBuffer.bind(blob);
    blob.stream = () => (reads++, stream());
    blob.text = () => (reads++, text());
    blob.arrayBuffer = () => (reads++, buffer());
    resolve = () => blob;
    const [one, two] = await Promise.all([load("one"), load("two")]);
    expect(await two.exports.value).to.equal(8);
    expect(reads).to.be.below(2);
    await Promise.all([one.unload(), two.unload()]);
  });

  it("counts in every load's progress; a listener that throws ends its own load only", async () => {
    serve();
    const seen: number[] = [];
    const cause = new RangeError("no");
    const failing = rejection(
      load("one", {
        onProgress({ phase, loaded }: { phase: string; loaded: number }) {
          if (phase === "fetch" && loaded > 0) throw cause;
        },
      }),
    );
    const unit = await load("two", {
      onProgress: ({ phase, loaded }: { phase: string; loaded: number }) =>
        void (phase === "fetch" && seen.push(loaded)),
    });
    const error = await failing;
    expect(error).to.include({ name: "LoadError", code: "load-aborted", cause });
    expect(seen.at(-1)).to.equal(Object.values(files).join("").length);
    await unit.unload();
  });
});
