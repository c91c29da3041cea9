import { expect } from "chai";
import { release, type Unit } from "leasehold";
import { collect } from "../support/collect.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

/** What the unit logs is what a test sees of its end. */
const code = `
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  let context;
  export const activate = (given) => {
    context = given;
    context.signal.addEventListener("abort", () => console.info("aborted"));
    context.onUnload(() => console.info("first disposer"));
    context.onUnload(async () => { await pause(30); console.info("second disposer"); });
    context.onUnload(() => { console.info("third disposer"); context.onUnload(() => console.info("late disposer")); });
  };
  export const deactivate = async () => { console.info("deactivate"); await pause(30); console.info("deactivated"); };
  export const slow = async () => { await pause(100); console.info("call ended"); };
`;

const throwing = `
  export const activate = (context) => {
    context.onUnload(() => { throw new RangeError("disposer"); });
    context.onUnload(() => Promise.reject(Object.assign(new Error("async disposer"), { code: "E_ASYNC" })));
    context.onUnload(undefined);
    context.onUnload(() => console.info("still run"));
  };
  export const deactivate = () => { throw new TypeError("deactivate", { cause: new Error("why") }); };
`;

inEveryIsolation("the end of a unit", ({ host, load, isolation }) => {
  let told: string[];
  const hear = (event: Event): void => {
    const { unit, level, args } = (event as CustomEvent<{ unit: Unit; level: string; args: unknown[] }>).detail;
    if (level === "info") told.push(`${String(args[0])} (${unit.state})`);
  };
  beforeEach(() => {
    told = [];
    host().addEventListener("log", hear);
  });
  afterEach(() => host().removeEventListener("log", hear));

  it("runs its steps in order, each awaited", async () => {
    const unit = await load<{ slow(): Promise<void> }>(code);
    const slow = unit.exports.slow();
    const receipt = await unit.unload();
    await slow;
    expect(told).to.deep.equal([
      "aborted (unloading)",
      "call ended (unloading)",
      "deactivate (finalizing)",
      "deactivated (finalizing)",
      "third disposer (finalizing)",
      "late disposer (finalizing)",
      "second disposer (finalizing)",
      "first disposer (finalizing)",
    ]);
    expect(receipt.finalizerErrors).to.deep.equal([]);
    expect(receipt.duration).to.be.above(100);
  });

  it("runs the same steps by force, without the waiting", async () => {
    const unit = await load<{ slow(): Promise<void> }>(code);
    const slow = rejection(unit.exports.slow());
    await unit.unload({ mode: "force" });
    expect((await slow).name).to.equal("DomainUnloadedError");
    expect(
      told.filter((line) => !line.startsWith("call ended")).map((line) => line.replace(/ \(.*/, "")),
    ).to.deep.equal([
      "aborted",
      "deactivate",
      "deactivated",
      "third disposer",
      "late disposer",
      "second disposer",
      "first disposer",
    ]);
  });

  it("has removed everything when it is told", async () => {
    const unit = await load(code);
    const seen: unknown[] = [];
    host().addEventListener("unload", () => seen.push(unit.state, { ...host().stats(), warm: 0 }), { once: true });
    await unit.unload();
    expect(seen).to.deep.equal([
      "unloaded",
      { units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0, warm: 0 },
    ]);
  });

  it("reports what finalizers throw, and comes all the same", async () => {
    const unit = await load(throwing);
    const { finalizerErrors } = await unit.unload();
    expect(told).to.deep.equal(["still run (finalizing)"]);
    const [first, second, third, fourth] = finalizerErrors as (Error & { code?: string })[];
    expect(finalizerErrors).to.have.length(4);
    expect(first).to.be.instanceOf(TypeError).and.to.include({ message: "deactivate" });
    expect((first!.cause as Error).message).to.equal("why");
    expect(second).to.be.instanceOf(TypeError); // undefined is no disposer
    expect(third).to.be.instanceOf(Error).and.to.include({ message: "async disposer", code: "E_ASYNC" });
    expect(fourth).to.be.instanceOf(RangeError).and.to.include({ message: "disposer" });
  });

  it("is not put off by what an error of a finalizer's brings along", async () => {
    const bringing = `
      class Point { read() { return 7; } }
      const shared = new Point();
      export const point = () => shared;
      export const deactivate = () => { throw Object.assign(new Error("why"), { fresh: new Point(), shared }); };`;
    const unit = await load<{ point(): { read(): number } }>(bringing);
    const { finalizerErrors } = await unit.unload({ deadline: 2000 });
    expect(finalizerErrors[0]).to.include({ message: "why" });

    const held = await load<{ point(): { read(): number } }>(bringing);
    const point = await held.exports.point();
    const unloading = held.unload();
    await rejection(held.unload({ deadline: 50 }));
    expect(await point.read()).to.equal(7);
    release(point);
    await unloading;
  });

  it("lets finalizers call back what only the unit holds of the page, however long they take", async () => {
    const calling = `
      let saved;
      export const onSave = (callback) => { saved = callback; };
      export const deactivate = async () => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        console.info("saved " + (await saved("draft")));
      };`;
    const unit = await load<{ onSave(callback: (text: string) => string): void }>(calling);
    await unit.exports.onSave((text) => text.toUpperCase());
    const unloading = unit.unload();
    for (let turn = 0; turn < 3; turn++) await collect();
    expect((await unloading).finalizerErrors).to.deep.equal([]);
    expect(told).to.deep.equal(["saved DRAFT (finalizing)"]);
  });

  it("does not wait for ever for finalizers that hang", async () => {
    const hanging = `
      export const activate = ({ onUnload }) => onUnload(() => new Promise(() => {}));`;
    const unit = await load(hanging, { limits: { finalizers: 100 } });
    const { finalizerErrors, duration } = await unit.unload();
    expect(finalizerErrors).to.have.length(1);
    expect(finalizerErrors[0]).to.include({ name: "TimeoutError", code: "finalizers-late", unit: unit.id });
    expect(duration).to.be.within(90, 3000);
  });

  it("hurries finalizers no more by force than their deadline does", async () => {
    const hanging = `export const deactivate = () => new Promise(() => {});`;
    const unit = await load(hanging, { limits: { finalizers: 200 } });
    const receipt = await unit.unload({ mode: "force" });
    expect(receipt).to.include({ reason: "forced" });
    expect(receipt.finalizerErrors).to.have.length(1);
    expect(receipt.duration).to.be.within(150, 3000);
  });

  it("is put off by a finalizer that takes hold of the unit, and runs deactivate once", async () => {
    const holding = `
      let context;
      export const activate = (given) => { context = given; };
      export const deactivate = () => {
        console.info("deactivate");
        const saving = context.activity("saving");
        context.onUnload(() => console.info("disposed"));
        setTimeout(() => { console.info("saved"); saving.release(); }, 60);
      };`;
    const unit = await load(holding);
    const states: string[] = [];
    unit.addEventListener("statechange", () => states.push(unit.state));
    const { finalizerErrors } = await unit.unload();
    expect(finalizerErrors).to.deep.equal([]);
    expect(states).to.deep.equal(["unloading", "finalizing", "unloading", "finalizing", "unloaded"]);
    expect(told).to.deep.equal(["deactivate (finalizing)", "disposed (finalizing)", "saved (unloading)"]);
    expect(isolation).to.equal(unit.isolation);
  });

  it("lets finalizers use what they need", async () => {
    const using = `
      export const activate = ({ onUnload }) => onUnload(async () => {
        const blob = URL.createObjectURL(new Blob(["export default 7"], { type: "text/javascript" }));
        console.info("imported " + (await import(blob)).default);
        URL.revokeObjectURL(blob);
      });`;
    const unit = await load(using);
    expect((await unit.unload()).finalizerErrors).to.deep.equal([]);
    expect(told).to.deep.equal(["imported 7 (finalizing)"]);
  });

  it("is not for a unit that was never active", async () => {
    const failing = `
      export const activate = (context) => { context.onUnload(() => console.info("disposed")); throw new Error("no"); };
      export const deactivate = () => console.info("deactivate");`;
    expect(await rejection(load(failing))).to.include({ name: "LoadError", code: "activation-failed" });
    expect(told).to.deep.equal([]);
  });
});
