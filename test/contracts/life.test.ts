import { expect } from "chai";
import { createHost, type HostEvents, type Unit, type UnitState } from "leasehold";
import { ASYNC_DISPOSE } from "../../src/dispose.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

const code = `export const add = (a, b) => a + b;`;
type Sample = { add(a: number, b: number): number };

inEveryIsolation("the life of a unit", ({ isolation, load, use, host }) => {
  it("goes from load to a call to a receipt", async () => {
    const unit = await load<Sample>(code);
    expect(unit.state).to.equal("active");
    expect(unit.id).to.equal("sample@1.0.0");
    expect(unit.isolation).to.equal(isolation);
    expect(unit.manifest).to.include({ name: "sample", version: "1.0.0" });
    expect(unit.grant).to.deep.equal({});
    expect(host().units.get(unit.id)).to.equal(unit);
    expect(await unit.exports.add(2, 3)).to.equal(5);

    const receipt = await unit.unload();
    expect(unit.state).to.equal("unloaded");
    expect(host().units.has(unit.id)).to.be.false;
    expect(await unit.unloaded).to.equal(receipt);
    expect(receipt).to.deep.include({ unit: unit.id, reason: "requested", rejectedCalls: 0, finalizerErrors: [] });
    expect(receipt.duration).to.be.a("number").above(0);
    expect(receipt.released).to.deep.equal({
      frames: 1,
      workers: isolation === "worker" ? 1 : 0,
      urls: 1,
      ports: 1,
      leases: 1,
    });
  });

  it("is in the host's books while it lasts", async () => {
    await use(code, () => {
      expect(host().stats()).to.include({
        units: 1,
        frames: 1,
        workers: isolation === "worker" ? 1 : 0,
        urls: 0,
        ports: 1,
        leases: 1,
      });
    });
    expect(host().stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
  });

  it("is told by the host's events", async () => {
    const told: string[] = [];
    const listen = <K extends keyof HostEvents>(type: K, describe: (detail: HostEvents[K]) => string): void =>
      host().addEventListener(type, (event) =>
        told.push(`${type} ${describe((event as CustomEvent<HostEvents[K]>).detail)}`),
      );
    listen("load", ({ unit }) => `${unit.id} ${unit.state}`);
    listen("unload", ({ unit, receipt }) => `${unit.id} ${unit.state} ${receipt.reason}`);
    listen("lease", ({ lease }) => `${lease.kind} of ${lease.unit} by ${lease.holder}`);
    listen("release", ({ lease }) => `${lease.kind} of ${lease.unit} by ${lease.holder}`);
    await use(code, () => {});
    expect(told).to.deep.equal([
      "lease pin of sample@1.0.0 by host",
      "load sample@1.0.0 active",
      "release pin of sample@1.0.0 by host",
      "unload sample@1.0.0 unloaded requested",
    ]);
  });

  it("shows its states in order", async () => {
    const states: UnitState[] = [];
    const watch = (unit: Unit): void => {
      states.push(unit.state);
      unit.addEventListener("statechange", () => states.push(unit.state));
    };
    const unit = await load(code, {
      onProgress: ({ phase }) => phase === "link" && watch([...host().units.values()][0]!),
    });
    await unit.unload();
    expect(states).to.deep.equal(["loading", "active", "unloading", "finalizing", "unloaded"]);
  });

  it("tells each phase of its load", async () => {
    const phases: string[] = [];
    await use(code, () => {}, { onProgress: ({ phase }) => phases.push(phase) });
    expect(phases).to.deep.equal(["fetch", "verify", "start", "link", "activate"]);
  });

  it("counts a name that is loaded twice, and gives it back with the unit", async () => {
    const units = await Promise.all([load<Sample>(code), load<Sample>(code), load<Sample>(code)]);
    expect(units.map(({ id }) => id).sort()).to.deep.equal(["sample@1.0.0", "sample@1.0.0#2", "sample@1.0.0#3"]);
    expect(await Promise.all(units.map((unit, index) => unit.exports.add(index, 1)))).to.deep.equal([1, 2, 3]);
    const [first] = units.splice(
      units.findIndex(({ id }) => id === "sample@1.0.0"),
      1,
    );
    await first!.unload();
    await use(code, (unit) => expect(unit.id).to.equal("sample@1.0.0"));
    await Promise.all(units.map((unit) => unit.unload()));
  });

  it("runs activate once, with a signal, before the unit is active", async () => {
    const activating = `
      const seen = [];
      export const activate = async ({ signal, state, root }) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        seen.push(signal.aborted, state === undefined, root === undefined);
      };
      export const look = () => seen;`;
    await use<{ look(): boolean[] }>(activating, async (unit) => {
      expect(await unit.exports.look()).to.deep.equal([false, true, true]);
    });
  });

  it("keeps its modules apart and links them", async () => {
    const modules = {
      "index.js": `import { half } from "./lib/half.js"; export const quarter = (n) => half(half(n)); export const lazy = async () => (await import("./lib/lazy.js")).default;`,
      "lib/half.js": `export const half = (n) => n / 2;`,
      "lib/lazy.js": `export default "late";`,
    };
    const unit = await host().load<{ quarter(n: number): number; lazy(): Promise<string> }>(
      { manifest: { name: "halves", version: "2.0.0" }, modules },
      { isolation },
    );
    expect(await unit.exports.quarter(8)).to.equal(2);
    expect(await unit.exports.lazy()).to.equal("late");
    await until("its Blob URLs are known to be revoked", () => host().stats().urls === 0);
    const { released } = await unit.unload();
    expect(released.urls).to.be.at.least(3);
  });

  it("is granted what it wishes for and the caller of load, or authorize, consents to", async () => {
    const permissions = { network: ["https://a.example", "https://b.example"], features: ["clipboard-write"] };
    const asked: unknown[] = [];
    const strict = createHost({
      pool: {},
      authorize({ manifest, wanted }) {
        asked.push([manifest.name, wanted]);
        return { network: ["https://b.example", "https://c.example"], capabilities: ["files"] };
      },
    });
    const unit = await strict.load(
      { code, manifest: { name: "asking", permissions } },
      { isolation, grant: { network: ["https://a.example", "https://d.example"] } },
    );
    expect(unit.grant).to.deep.equal({ network: ["https://a.example", "https://b.example"] });
    expect(asked).to.deep.equal([["asking", { network: ["https://b.example"], features: ["clipboard-write"] }]]);
    await unit.unload();

    const content = await strict.load({ code, manifest: { name: "content" } }, { isolation });
    expect(asked).to.have.length(1);
    await content.unload();
    await strict.dispose();
  });

  it("ends when authorize fails, with its error", async () => {
    const refusing = createHost({ pool: {}, authorize: () => Promise.reject(new RangeError("no")) });
    const loading = refusing.load({ code, manifest: { permissions: { features: ["fullscreen"] } } }, { isolation });
    expect(await rejection(loading)).to.be.instanceOf(RangeError);
    expect(refusing.stats()).to.include({ units: 0, frames: 0 });
    await refusing.dispose();
  });

  it("ends with its host, waited for or not", async () => {
    const other = createHost({ pool: { [isolation]: 2 } });
    const unit = await other.load<Sample>({ code }, { isolation });
    const held = await other.load<{ hold(): void; wait(): Promise<void> }>(
      {
        code: `let c; export const activate = (context) => void (c = context); export const hold = () => void c.activity("work");`,
      },
      { isolation },
    );
    await held.exports.hold();
    const waiting = held.unload();
    await until("both are gone when the host is", async () => {
      await Promise.all([other.dispose(), other.dispose()]);
      return true;
    });
    expect((await waiting).reason).to.equal("forced");
    expect((await unit.unloaded).reason).to.equal("forced");
    expect(other.stats()).to.deep.equal({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0, warm: 0 });
    expect(await rejection(other.load({ code }))).to.include({ name: "InvalidStateError", code: "host-disposed" });
  });

  it("is one of several hosts' in a page", async () => {
    const other = createHost({ pool: { [isolation]: 1 } });
    const theirs = await other.load<Sample>({ code, manifest: { name: "sample", version: "1.0.0" } }, { isolation });
    await use<Sample>(code, async (ours) => {
      expect(ours.id).to.equal(theirs.id);
      expect(await Promise.all([ours.exports.add(1, 1), theirs.exports.add(2, 2)])).to.deep.equal([2, 4]);
      await other.dispose();
      expect(await ours.exports.add(3, 3)).to.equal(6);
    });
  });

  it("can be left to `await using`", async () => {
    const unit = await load<Sample>(code);
    await unit[ASYNC_DISPOSE]();
    expect(unit.state).to.equal("unloaded");
  });
});
