import { expect } from "chai";
import type { HostEvents, Unit, UnitState } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

const bundle = `
  export const activate = () => {};
  export const version = () => 1;`;

inEveryIsolation("a bundle", ({ host, load }) => {
  const states = (unit: Unit): UnitState[] => {
    const seen: UnitState[] = [unit.state];
    unit.addEventListener("statechange", () => seen.push(unit.state));
    return seen;
  };
  /** Loads a unit and watches its states from the first on. */
  const watched = async (code: string): Promise<UnitState[]> => {
    let seen: UnitState[] = [];
    await load(code, {
      onProgress: ({ phase }) =>
        phase === "start" && queueMicrotask(() => (seen = states([...host().units.values()].at(-1)!))),
    }).then(
      (unit) => unit.unload(),
      () => {},
    );
    return seen;
  };

  it("has exactly these states from its start to its end", async () => {
    expect(await watched(bundle)).to.deep.equal(["loading", "active", "unloading", "finalizing", "unloaded"]);
  });

  it("that throws as it starts is not there: its load fails, its name is free, and the rest goes on", async () => {
    const thrower = `export const activate = () => { throw new Error("start"); };`;
    expect(await watched(thrower)).to.deep.equal(["loading", "failed"]);
    expect(await rejection(load(thrower))).to.include({ name: "LoadError", code: "activation-failed" });
    expect(host().units.size).to.equal(0);
    const unit = await load<{ version(): number }>(bundle);
    expect(unit.id).to.equal("sample@1.0.0");
    expect(await unit.exports.version()).to.equal(1);
    await unit.unload();
  });

  it("that throws as it stops is unloaded all the same, and its receipt says what it threw", async () => {
    const unit = await load(`export const deactivate = () => { throw new RangeError("stop"); };`);
    const { reason, finalizerErrors, released } = await unit.unload();
    expect(reason).to.equal("requested");
    expect(finalizerErrors).to.have.length(1);
    expect(finalizerErrors[0]).to.be.instanceOf(RangeError).and.to.include({ message: "stop" });
    expect(released).to.include({ frames: 1, ports: 1 });
    expect(unit.state).to.equal("unloaded");
  });

  it("whose new version is broken stays active under the id that it had", async () => {
    const old = await load<{ version(): number }>(bundle);
    const manifest = { version: "1.1.0" };
    expect((await rejection(load(`throw new Error("broken")`, { manifest }))).code).to.equal("evaluation-failed");
    expect((await rejection(load(`export const activate = () => { throw 1; }`, { manifest }))).name).to.equal(
      "LoadError",
    );
    expect([...host().units.keys()]).to.deep.equal(["sample@1.0.0"]);
    expect(old).to.include({ id: "sample@1.0.0", state: "active" });
    expect(await old.exports.version()).to.equal(1);
    await old.unload();
  });

  it("that has stopped stays dead for who still has it, also when the same was started anew", async () => {
    const old = await load<{ version(): number }>(bundle);
    const { version } = old.exports;
    await old.unload();
    const fresh = await load<{ version(): number }>(bundle);
    expect(fresh.id).to.equal(old.id);
    for (const use of [old.exports.version(), version(), old.mount(document.body), old.inside(() => 1)]) {
      expect(await rejection(use as Promise<unknown>)).to.include({ name: "DomainUnloadedError", unit: old.id });
    }
    expect(old.state).to.equal("unloaded");
    expect(old.whyAlive().verdict).to.equal("unloaded");
    expect(await fresh.exports.version()).to.equal(1);
    await fresh.unload();
  });

  /** Follows the host's units, beginning with those that are there. */
  const track = () => {
    const told = [...host().units.keys()].map((id) => `there ${id}`);
    const hear = (event: Event): void => {
      const { unit } = (event as CustomEvent<HostEvents["load"]>).detail;
      told.push(`${event.type} ${unit.id}`);
    };
    for (const type of ["load", "unload"]) host().addEventListener(type, hear);
    const close = (): void => {
      for (const type of ["load", "unload"]) host().removeEventListener(type, hear);
    };
    return { told, close };
  };
  const named = (name: string): Promise<Unit> => load(bundle, { manifest: { name } });

  it("that is there already is found by who begins to look", async () => {
    const units = await Promise.all([named("one"), named("two")]);
    const tracker = track();
    tracker.close();
    expect(tracker.told.sort()).to.deep.equal(["there one@1.0.0", "there two@1.0.0"]);
    await Promise.all(units.map((unit) => unit.unload()));
  });

  it("that comes and goes is told of once each, to who looks", async () => {
    const tracker = track();
    const unit = await named("one");
    await unit.unload();
    tracker.close();
    expect(tracker.told).to.deep.equal(["load one@1.0.0", "unload one@1.0.0"]);
  });

  it("is told of no more to who has stopped looking", async () => {
    const unit = await named("one");
    const tracker = track();
    tracker.close();
    await unit.unload();
    await (await named("two")).unload();
    expect(tracker.told).to.deep.equal(["there one@1.0.0"]);
  });
});
