import { expect } from "chai";
import { release } from "leasehold";
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

inEveryIsolation(
  "a distributed collector, of a worker",
  (place) => {
    it("notices in time that it has ended itself without a word, and frees what it held", async () => {
      const [server, client] = await severalKeepers(place)("server", "client");
      const thing = await server!.exports.make(1);
      await client!.exports.keep("thing", thing);
      release(thing);
      const pending = rejection(client!.exports.never());
      const began = performance.now();
      const ended = rejection(client!.inside(() => new Promise(() => void self.close())));
      for (const error of [await pending, await ended]) expect(error.name).to.equal("DomainUnloadedError");
      expect(performance.now() - began).to.be.below(BOUND);
      expect(holdersOf(server!)).to.deep.equal(["pin server@1.0.0 host"]);
      await server!.unload();
    });
  },
  ["worker"], // nothing else can end itself so
);
