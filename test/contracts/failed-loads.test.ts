import { expect } from "chai";
import { createHost, type LoadProgress, type Unit, type UnitSource } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { elsewhere, hang, requestsAbout } from "../support/served.js";
import { until } from "../support/until.js";

const phases: LoadProgress["phase"][] = ["fetch", "verify", "start", "link", "activate"];
const simple = `export const activate = () => {};`;
/** Lets itself be noticed from outside a while later, if it is still there. */
const lingering = {
  "a top-level await": (beacon: string) => `${pause}; await fetch("${beacon}");`,
  "an activate that waits": (beacon: string) =>
    `export const activate = async () => { ${pause}; await fetch("${beacon}"); };`,
};
const pause = "await new Promise((resolve) => setTimeout(resolve, 400))";

inEveryIsolation("a load that fails", ({ host, load, use, isolation }) => {
  afterEach("is out of the books at once, not only in the end", () => {
    expect(host().stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
  });

  for (const phase of phases) {
    it(`is aborted by its signal during ${phase}`, async () => {
      const abort = new AbortController();
      const told: string[] = [];
      const loading = load(simple, {
        signal: abort.signal,
        onProgress(progress) {
          told.push(progress.phase);
          if (progress.phase === phase) abort.abort(new Error("changed my mind"));
        },
      });
      const error = await rejection(loading);
      expect(error).to.include({ name: "LoadError", code: "load-aborted" });
      expect((error.cause as Error).message).to.equal("changed my mind");
      expect(told).to.deep.equal(phases.slice(0, phases.indexOf(phase) + 1));
    });
  }

  it("is aborted before it began", async () => {
    const error = await rejection(load(simple, { signal: AbortSignal.abort() }));
    expect(error).to.include({ name: "LoadError", code: "load-aborted" });
    expect((error.cause as DOMException).name).to.equal("AbortError");
  });

  for (const [what, write] of Object.entries(lingering)) {
    it(`is aborted in ${what}, and nothing of the unit runs on`, async () => {
      const beacon = await elsewhere("/package.json?lingering", { cors: true });
      const network = [new URL(beacon).origin];
      const options = { manifest: { permissions: { network } }, grant: { network } };
      await use(write(`${beacon}&is=live-${isolation}`), () => {}, options);
      expect(await requestsAbout(`is=live-${isolation}`)).not.to.deep.equal([]);

      const abort = new AbortController();
      const loading = load(write(`${beacon}&is=dead-${isolation}`), { ...options, signal: abort.signal });
      await until("it is in the domain", () => host().stats().ports === 1);
      setTimeout(() => abort.abort(), 100);
      const started = performance.now();
      expect((await rejection(loading)).code).to.equal("load-aborted");
      expect(performance.now() - started).to.be.below(350);
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(await requestsAbout(`is=dead-${isolation}`)).to.deep.equal([]);
    });
  }

  it("is aborted while its source does not answer, or stops answering", async () => {
    for (const address of [`${hang()}/unit.json`, hang("/examples/units/mathjs/built/mathjs.js")]) {
      const abort = new AbortController();
      const loading = host().load(address, { isolation, signal: abort.signal });
      setTimeout(() => abort.abort(), 50);
      expect((await rejection(loading)).code).to.equal("load-aborted");
    }
  });

  it("is aborted while authorize thinks", async () => {
    const thinking = createHost({ pool: {}, authorize: () => new Promise(() => {}) });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    const source: UnitSource = { code: simple, manifest: { permissions: { features: ["fullscreen"] } } };
    expect((await rejection(thinking.load(source, { isolation, signal: abort.signal }))).code).to.equal("load-aborted");
    const disposed = rejection(thinking.load(source, { isolation }));
    await thinking.dispose();
    expect((await disposed).code).to.equal("host-disposed");
  });

  it("is not aborted any more once it is over", async () => {
    const abort = new AbortController();
    await use<{ answer: number }>(
      `export const answer = 42;`,
      async ({ exports }) => {
        abort.abort();
        expect(await exports.answer).to.equal(42);
      },
      { signal: abort.signal },
    );
  });

  it("is timed out by a top-level await that never ends", async () => {
    const error = await rejection(load(`await new Promise(() => {});`, { limits: { callTimeout: 150 } }));
    expect(error).to.include({ name: "TimeoutError", code: "load-late", unit: "sample" });
    expect(error.message).to.include("150 ms").and.to.include("callTimeout");
  });

  it("is timed out by an activate that never ends", async () => {
    const error = await rejection(
      load(`export const activate = () => new Promise(() => {});`, { limits: { callTimeout: 150 } }),
    );
    expect(error).to.include({ name: "TimeoutError", code: "load-late" });
    expect(error.message).to.include("activate");
  });

  it("says that activate threw, and what", async () => {
    for (const throwing of [
      `throw new RangeError("not today")`,
      `return Promise.reject(new RangeError("not today"))`,
    ]) {
      const error = await rejection(load(`export function activate() { ${throwing}; }`));
      expect(error).to.include({ name: "LoadError", code: "activation-failed", unit: "sample" });
      expect(error.message).to.include("RangeError: not today");
      expect(error.cause).to.be.instanceOf(RangeError);
    }
    const leasehold = `throw Object.assign(new Error("no more"), { name: "LimitExceededError", code: "too-many" })`;
    const error = await rejection(load(`export const activate = () => { ${leasehold}; };`));
    expect(error).to.include({ name: "LoadError", code: "activation-failed" });
    expect(error.cause).to.include({ name: "LimitExceededError", code: "too-many" });
    expect(await rejection(load(`export const activate = () => { throw null; };`))).to.include({
      code: "activation-failed",
    });
  });

  it("says what a module threw, or that it is none", async () => {
    const threw = await rejection(load(`throw new RangeError("at load")`));
    expect(threw).to.include({ name: "LoadError", code: "evaluation-failed", unit: "sample" });
    expect(threw.message).to.include("index.js").and.to.include("at load");
    expect(await rejection(load(`export const = 7;`))).to.include({ name: "LoadError", code: "syntax-error" });
    expect(await rejection(load(`import { x } from "./missing.js";`))).to.include({ name: "LoadError" });
  });

  it("rejects with what onProgress throws", async () => {
    for (const phase of phases) {
      const onProgress = (progress: LoadProgress): void => {
        if (progress.phase === phase) throw new RangeError(phase);
      };
      expect(await rejection(load(simple, { onProgress })))
        .to.be.instanceOf(RangeError)
        .and.to.include({ message: phase });
    }
  });

  it("is told by an unload event, without a load or a crash", async () => {
    const told: string[] = [];
    const types = ["load", "unload", "crash"];
    const hear = ({ type }: Event): void => void told.push(type);
    for (const type of types) host().addEventListener(type, hear);
    let unit: Unit | undefined;
    const loading = load(`throw new Error("no")`, {
      onProgress: ({ phase }) => phase === "link" && (unit = [...host().units.values()][0]),
    });
    await rejection(loading);
    for (const type of types) host().removeEventListener(type, hear);
    expect(told).to.deep.equal(["unload"]);
    expect(unit!.state).to.equal("failed");
    expect(await unit!.unloaded).to.deep.include({ reason: "crash", finalizerErrors: [] });
    expect(await unit!.unload()).to.equal(await unit!.unloaded);
  });

  it("ends with its host, whatever it is doing", async () => {
    for (const phase of phases) {
      const other = createHost({ pool: { [isolation]: 1 } });
      let disposal: Promise<void> | undefined;
      const loading = other.load(
        { code: simple },
        { isolation, onProgress: (progress) => void (progress.phase === phase && (disposal = other.dispose())) },
      );
      expect(await rejection(loading)).to.include({ name: "InvalidStateError", code: "host-disposed" });
      await disposal;
      expect(other.stats()).to.deep.equal({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0, warm: 0 });
    }
  });
});
