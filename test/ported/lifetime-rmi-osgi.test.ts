import { expect } from "chai";
import { release, type HostEvents, type Unit, type UnitState } from "leasehold";
import { frameOf } from "../support/endings.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import type { Point } from "../support/units.js";
import { holdersOf, severalKeepers } from "./lifetime-support.js";
import { settled } from "./support.js";

/** Milliseconds within which a death without a word is noticed. */
const BOUND = 1000;

inEveryIsolation("a distributed collector", (place) => {
  const { host } = place;
  const several = severalKeepers(place);

  it("notices in time that a unit has died without a word, and its callers hear of it", async () => {
    const [unit] = await several("server");
    const thing = await unit!.exports.make(1);
    const pending = rejection(thing.never());
    await thing.read();
    const began = performance.now();
    frameOf(unit!).remove();
    expect((await pending).name).to.equal("DomainUnloadedError");
    expect((await rejection(thing.read())).name).to.equal("DomainUnloadedError");
    expect(performance.now() - began).to.be.below(BOUND);
    expect((await unit!.unloaded).reason).to.equal("crash");
    release(thing);
  });

  it("frees what a unit held that has died without a word", async () => {
    const [server, client] = await several("server", "client");
    const thing = await server!.exports.make(1);
    await client!.exports.keep("thing", thing);
    release(thing);
    const unloading = server!.unload();
    await settled();
    expect(holdersOf(server!)).to.deep.equal(["instance Point client@1.0.0"]);
    const began = performance.now();
    frameOf(client!).remove();
    expect((await unloading).reason).to.equal("requested");
    expect(performance.now() - began).to.be.below(BOUND);
    expect(client!.state).to.equal("failed");
  });

  it("has its table of leases back where it was, after hundreds that were taken and let go of", async () => {
    const [server, client] = await several("server", "client");
    const before = host()
      .snapshot()
      .leases.map(({ kind, unit }) => `${kind} ${unit}`);
    expect(host().stats().leases).to.equal(2);
    for (let round = 0; round < 5; round++) {
      const things = await Promise.all(Array.from({ length: 40 }, (_, n) => server!.exports.make(n)));
      await Promise.all(things.map((thing, n) => client!.exports.keep(String(n), thing)));
      expect(host().snapshot().leases).to.have.length(82);
      release(things);
      await Promise.all(things.map((_, n) => client!.exports.drop(String(n))));
      await until("the table is back", () => host().stats().leases === 2);
    }
    expect(
      host()
        .snapshot()
        .leases.map(({ kind, unit }) => `${kind} ${unit}`),
    ).to.deep.equal(before);
    await Promise.all([server!.unload(), client!.unload()]);
  });

  it("lets no late release end a reference that was got again meanwhile, by the page", async () => {
    const [server] = await several("server");
    await server!.exports.keep("only", await new server!.exports.Point(7));
    for (let n = 0; n < 5; n++) {
      const first = (await server!.exports.give("only")) as Point;
      const second = server!.exports.give("only");
      release(first);
      const again = (await second) as Point;
      release(first);
      await settled(5);
      expect(await again.read()).to.equal(7);
      expect(holdersOf(server!)).to.deep.equal(["pin server@1.0.0 host", "instance Point host"]);
      release(again);
    }
    await server!.unload();
  });

  it("lets no late release end a reference that was got again meanwhile, by another unit", async () => {
    const [server, client] = await several("server", "client");
    const thing = await server!.exports.make(7);
    for (let n = 0; n < 5; n++) {
      await client!.exports.keep("thing", thing);
      // Both in one turn: the release is under way when the reference is sent again.
      const dropped = client!.exports.drop("thing");
      const kept = client!.exports.keep("thing", thing);
      await Promise.all([dropped, kept]);
      await settled(5);
      expect(await client!.exports.call("thing", "read")).to.equal(7);
      expect(holdersOf(server!)).to.include("instance Point client@1.0.0");
      await client!.exports.drop("thing");
    }
    release(thing);
    await Promise.all([server!.unload(), client!.unload()]);
  });
});

const bundle = `
  export const activate = () => { if (globalThis.broken) throw new Error("start"); };
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
