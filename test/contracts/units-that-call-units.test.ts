import { expect } from "chai";
import { createHost, release, type Host, type Remote, type Unit } from "leasehold";
import { collectUntil } from "../support/collect.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

/** A unit that is given another one, and uses it by itself. */
const code = `
  let peer, own, heard = [], listener;
  const never = new Promise(() => {});
  export class Counter {
    #count = 0;
    static from(start) { const counter = new this(); counter.add(start); return counter; }
    add(by = 1) { return (this.#count += by); }
    wait() { return never; }
  }
  export const activate = (context) => { own = context; };
  export const take = (given) => { peer = given; };
  export const drop = () => { peer[Symbol.dispose](); peer = undefined; };
  export const add = (a, b) => a + b;
  export const wait = () => never;
  export const use = async (given, a, b) => {
    try { return await given.add(a, b); } finally { given[Symbol.dispose](); }
  };
  export const viaPeer = (method, ...args) => peer[method](...args);
  export const chained = () => peer.make().add(5);
  export const descend = async (depth) => (depth === 0 ? [] : [depth, ...(await peer.descend(depth - 1))]);
  export const soon = () => { setTimeout(async () => heard.push(await peer.add(20, 3)), 1); };
  export const listen = () => peer.on((value) => { heard.push(value); return heard.length; });
  export const on = (given) => { listener = given; };
  export const fire = (value) => listener(value);
  export const heardSoFar = () => heard;
  export const make = () => new Counter();
  export const isOwn = (thing) => thing instanceof Counter;
  export const fetched = async () => { const thing = await peer.make(); return [await thing.add(2), await peer.isOwn(thing), thing instanceof Counter]; };
  export const constructed = async () => { const made = await peer.Counter.from(4); return made.add(1); };
  export const feed = (to) => { let n = 0; return new ReadableStream({ pull: (c) => (n < to ? c.enqueue(++n) : c.close()) }, { highWaterMark: 0 }); };
  export const endless = () => new ReadableStream({ start: (c) => c.enqueue(1) });
  export const total = async (stream) => { let total = 0; for (const reader = stream.getReader(); ;) { const { done, value } = await reader.read(); if (done) return total; total += value; } };
  export const totalOfPeer = async (to) => total(await peer.feed(to));
  export const feedPeer = (to) => peer.total(feed(to));
  export const bytes = (buffer) => buffer.byteLength;
  export const throwAll = () => { throw Object.assign(new RangeError("own", { cause: new TypeError("inner") }), { code: "E_OWN", at: [1] }); };
  export const attempt = async (method, ...args) => {
    try { return await peer[method](...args); }
    catch (error) {
      return { isError: error instanceof Error, isRange: error instanceof RangeError, name: error.name, code: error.code, unit: error.unit, message: error.message, cause: error.cause?.message, at: error.at };
    }
  };
  export const attemptTotal = async () => {
    try { return await total(await peer.endless()); } catch (error) { return { name: error.name, code: error.code, unit: error.unit }; }
  };
`;

interface Caught {
  isError: boolean;
  isRange: boolean;
  name: string;
  code: string;
  unit: string;
  message: string;
}
interface Counter {
  add(by?: number): number;
  wait(): Promise<never>;
}
interface Peer {
  Counter: new () => Counter;
  take(given: unknown): void;
  drop(): void;
  add(a: number, b: number): number;
  use(given: unknown, a: number, b: number): Promise<number>;
  viaPeer(method: string, ...args: unknown[]): unknown;
  chained(): Promise<number>;
  descend(depth: number): Promise<number[]>;
  soon(): void;
  listen(): void;
  on(listener: unknown): void;
  fire(value: unknown): unknown;
  heardSoFar(): unknown[];
  make(): Counter;
  isOwn(thing: unknown): boolean;
  fetched(): Promise<[number, boolean, boolean]>;
  constructed(): Promise<number>;
  feedPeer(to: number): Promise<number>;
  totalOfPeer(to: number): Promise<number>;
  bytes(buffer: ArrayBuffer): number;
  attempt(method: string, ...args: unknown[]): Promise<Caught>;
  attemptTotal(): Promise<Caught>;
}

inEveryIsolation("a unit that is given another one", ({ isolation, load }) => {
  type Peers = [one: Unit<Peer>, two: Unit<Peer>, three: Unit<Peer>];
  const peers = (collectible: "explicit" | "auto" = "explicit"): Promise<Peers> =>
    Promise.all(["one", "two", "three"].map((name) => load<Peer>(code, { manifest: { name }, collectible }))) as never;
  const holdersOf = (unit: Unit<Peer>): string[] =>
    unit.whyAlive().holders.map(({ kind, label, holder }) => `${kind} ${label.replace(/ running.*/, "")} ${holder}`);

  /** Hands over two units that have each other, and a third one, and unloads them: nothing but each other may hold them then. */
  const withPeers = async (body: (...units: Peers) => Promise<void>): Promise<void> => {
    const units = await peers();
    try {
      await Promise.all([units[0].exports.take(units[1].exports), units[1].exports.take(units[0].exports)]);
      await body(...units);
      const receipts = await Promise.all(units.map((unit) => unit.unload({ deadline: 3000 })));
      expect(receipts.map(({ reason }) => reason)).to.deep.equal(["requested", "requested", "requested"]);
    } catch (error) {
      await Promise.all(units.map((unit) => unit.unload({ mode: "force" })));
      throw error;
    }
  };

  it("for one call uses it, and holds it no longer than it likes", () =>
    withPeers(async (one, two, three) => {
      expect(await one.exports.use(three.exports, 1, 2)).to.equal(3);
      expect(await two.exports.use(three.exports, 3, 4)).to.equal(7);
      await until("neither holds it", () => holdersOf(three).length === 1);
      expect(holdersOf(three)).to.deep.equal(["pin three@1.0.0 host"]);
    }));

  it("to keep calls it later by itself, with no call of the page's under way", () =>
    withPeers(async (one) => {
      await one.exports.soon();
      await until("it has heard", async () => (await one.exports.heardSoFar()).length > 0);
      expect(await one.exports.heardSoFar()).to.deep.equal([23]);
    }));

  it("can give it a callback, which the other calls when it likes", () =>
    withPeers(async (one, two) => {
      await one.exports.listen();
      expect(await Promise.all([two.exports.fire("a"), two.exports.fire("b")])).to.deep.equal([1, 2]);
      expect(await one.exports.heardSoFar()).to.deep.equal(["a", "b"]);
      expect(holdersOf(one)).to.include("callback  two@1.0.0");
    }));

  it("calls on what it was not answered yet, and gets all of it", () =>
    withPeers(async (one) => {
      expect(await one.exports.chained()).to.equal(5);
      expect(await one.exports.constructed()).to.equal(5);
    }));

  it("calls it while that one calls back: crossing calls of one turn, and one inside of the other", () =>
    withPeers(async (one, two) => {
      const crossing = Array.from({ length: 20 }, (_, n) =>
        [one, two].map(({ exports }) => exports.viaPeer("viaPeer", "add", n, 1)),
      );
      expect(await Promise.all(crossing.flat())).to.deep.equal(crossing.flatMap((_, n) => [n + 1, n + 1]));
      expect(await Promise.all([one.exports.descend(7), two.exports.descend(6)])).to.deep.equal([
        [7, 6, 5, 4, 3, 2, 1],
        [6, 5, 4, 3, 2, 1],
      ]);
    }));

  it("gets its things by reference, which come home as what they are", () =>
    withPeers(async (one) => {
      expect(await one.exports.fetched()).to.deep.equal([2, true, false]);
    }));

  it("hands on to it what is a third one's, which comes home, too", () =>
    withPeers(async (one, _two, three) => {
      const counter = await three.exports.make();
      expect(await one.exports.viaPeer("isOwn", counter)).to.equal(false);
      await one.exports.viaPeer("take", counter);
      expect(await one.exports.viaPeer("viaPeer", "add", 6)).to.equal(6);
      expect(await counter.add()).to.equal(7);
      release(counter);
      expect(await one.exports.viaPeer("viaPeer", "add", 1)).to.equal(8);
      expect(holdersOf(three)).to.include("instance Counter two@1.0.0").and.not.to.include("instance Counter host");
      await one.exports.viaPeer("drop");
    }));

  it("sends it streams and data, and gets them", () =>
    withPeers(async (one, two) => {
      expect(await one.exports.totalOfPeer(100)).to.equal(5050);
      expect(await two.exports.feedPeer(100)).to.equal(5050);
      expect(await one.exports.viaPeer("bytes", new ArrayBuffer(1 << 20))).to.equal(1 << 20);
    }));

  it("gets what it throws, as what it is", () =>
    withPeers(async (one, two) => {
      expect(await one.exports.attempt("throwAll")).to.deep.equal({
        isError: true,
        isRange: true,
        name: "RangeError",
        code: "E_OWN",
        unit: undefined,
        message: "own",
        cause: "inner",
        at: [1],
      });
      const missing = await one.exports.attempt("adt");
      expect(missing).to.include({ isError: true, name: "ContractError", code: "no-such-member" });
      expect(missing.message).to.include(`Did you mean "add"?`);
      const through = await rejection(two.exports.viaPeer("viaPeer", "throwAll") as Promise<unknown>);
      expect(through).to.be.instanceOf(RangeError).and.to.include({ code: "E_OWN" });
    }));

  it("keeps it loaded as its dependent, by name, and goes on calling it while it waits", async () => {
    const [one, two, three] = await peers();
    await one.exports.take(two.exports);
    const unloading = two.unload();
    const blocked = await rejection(two.unload({ deadline: 20 }));
    expect(blocked).to.include({ name: "UnloadBlockedError", code: "unload-blocked" });
    expect(blocked.message).to.match(/^1 dependent +exports +held by one@1\.0\.0/m);
    expect(two.whyAlive().holders).to.have.length(1);
    expect(two.whyAlive().holders[0]).to.deep.include({
      kind: "dependent",
      holder: one.id,
      unit: two.id,
      path: ["host", "one@1.0.0", "exports"],
    });
    expect(await one.exports.viaPeer("add", 1, 2)).to.equal(3);
    await one.exports.drop();
    expect((await unloading).reason).to.equal("requested");
    await Promise.all([one.unload(), three.unload()]);
  });

  it("has its calls rejected with a typed error that names it, when it is taken away in the middle of one", async () => {
    const [one, two, three] = await peers();
    await one.exports.take(two.exports);
    const [caught, stream] = [one.exports.attempt("wait"), one.exports.attemptTotal()];
    const through = rejection(one.exports.viaPeer("wait") as Promise<unknown>);
    await until("its calls are under way", () => holdersOf(two).filter((each) => each.startsWith("call")).length >= 3);
    await two.unload({ mode: "force" });
    const expected = { name: "DomainUnloadedError", code: "unit-unloaded", unit: two.id };
    expect(await caught).to.deep.include({ ...expected, isError: true });
    expect((await caught).message).to.include("wait()");
    expect(await through).to.include(expected);
    expect(await stream).to.include(expected);
    expect(await one.exports.attempt("add", 1, 2)).to.include(expected);
    expect(await one.exports.add(1, 2)).to.equal(3);
    // Another load is another unit.
    const again = await load<Peer>(code, { manifest: { name: "two" } });
    expect(again.id).to.equal(two.id);
    expect(await one.exports.attempt("add", 1, 2)).to.include(expected);
    await Promise.all([one, three, again].map((unit) => unit.unload()));
  });

  it("leaves it unharmed, and free, when it is itself taken away in the middle of a call", async () => {
    const [one, two, three] = await peers();
    await Promise.all([one.exports.take(two.exports), two.exports.take(one.exports)]);
    await one.exports.listen();
    const through = rejection(one.exports.viaPeer("wait") as Promise<unknown>);
    await until("its call is under way", () => holdersOf(two).some((each) => each.startsWith("call")));
    await one.unload({ mode: "force" });
    const expected = { name: "DomainUnloadedError", code: "unit-unloaded", unit: one.id };
    expect(await through).to.include(expected);
    expect(holdersOf(two)).to.deep.equal(["pin two@1.0.0 host"]);
    expect(await two.exports.add(1, 2)).to.equal(3);
    expect(await two.exports.attempt("add", 1, 2)).to.include(expected);
    expect(await rejection(two.exports.fire(1) as Promise<unknown>)).to.include(expected);
    await Promise.all([two, three].map((unit) => unit.unload()));
  });

  it("loses no other call where one inside of the other is cut off", async () => {
    const [one, two, three] = await peers();
    await Promise.all([one.exports.take(two.exports), two.exports.take(one.exports)]);
    // The first calls the second, which calls the first, which calls the second.
    const nested = rejection(one.exports.viaPeer("viaPeer", "viaPeer", "wait") as Promise<unknown>);
    await until("it is under way", () => holdersOf(two).filter((each) => each.startsWith("call")).length >= 2);
    await two.unload({ mode: "force" });
    expect(await nested).to.include({ name: "DomainUnloadedError", unit: two.id });
    await Promise.all([one, three].map((unit) => unit.unload()));
  });

  it("is collected with it where both are automatic and nobody else has either", async () => {
    const [one, two, three] = await peers("auto");
    await Promise.all([one.exports.take(two.exports), two.exports.take(one.exports)]);
    await one.exports.listen();
    for (const unit of [one, two, three]) unit.release();
    const receipts = await Promise.all([one.unloaded, two.unloaded, three.unloaded]);
    expect(receipts.map(({ reason }) => reason)).to.deep.equal(["collected", "collected", "collected"]);
  });

  it("is collected with it as one of three in a circle, and not before the page lets go of the last", async () => {
    const units = await peers("auto");
    await Promise.all(units.map((unit, at) => unit.exports.take(units[(at + 1) % 3]!.exports)));
    const counter: Remote<Counter> = await units[1].exports.make();
    for (const unit of units) unit.release();
    expect(await counter.add(3)).to.equal(3);
    expect(units.map(({ state }) => state)).to.deep.equal(["active", "active", "active"]);
    expect(holdersOf(units[0])).to.deep.equal(["dependent exports three@1.0.0"]);
    release(counter);
    const receipts = await Promise.all(units.map((unit) => unit.unloaded));
    expect(receipts.map(({ reason }) => reason)).to.deep.equal(["collected", "collected", "collected"]);
  });

  it("is collected with it while the one has things and callbacks of the other, too, that the page has dropped", async () => {
    const [one, two, three] = await peers("auto");
    await (async () => {
      const [first, second] = await Promise.all([one.exports.make(), two.exports.make()]);
      await Promise.all([one.exports.take(second), two.exports.take(first)]);
      await three.exports.on((value: unknown) => [value, first]);
    })();
    for (const unit of [one, two, three]) unit.release();
    await collectUntil("all have gone", () => [one, two, three].every(({ state }) => state === "unloaded"));
  });

  it("is not collected while it works, though nothing but a call of its own to the other is left", async () => {
    const [one, two, three] = await peers("auto");
    await Promise.all([one.exports.take(two.exports), two.exports.take(one.exports)]);
    const call = one.exports.viaPeer("wait") as Promise<unknown>;
    const failed = rejection(call);
    for (const unit of [one, two, three]) unit.release();
    await three.unloaded;
    expect([one.state, two.state]).to.deep.equal(["active", "active"]);
    await one.unload({ mode: "force" });
    await failed;
    await two.unloaded;
  });

  it("is refused it where it is permanent and the other goes, naming both; not the other way round", async () => {
    const host: Host = createHost({ pool: {} });
    const of = (name: string, collectible: "explicit" | false): Promise<Unit<Peer>> =>
      host.load<Peer>({ code, manifest: { name, version: "1.0.0" } }, { isolation, collectible });
    const [permanent, other, going] = await Promise.all([of("a", false), of("b", false), of("c", "explicit")]);
    const refused = await rejection(permanent.exports.take(going.exports));
    expect(refused).to.include({ name: "NotSupportedError", code: "permanent-depends" });
    expect(refused.message).to.include("a@1.0.0").and.to.include("c@1.0.0");
    expect(holdersOf(going)).to.deep.equal(["pin c@1.0.0 host"]);
    await permanent.exports.take(other.exports);
    expect(await permanent.exports.viaPeer("add", 1, 2)).to.equal(3);
    await going.exports.take(permanent.exports);
    expect(await going.exports.viaPeer("add", 1, 2)).to.equal(3);
    // By way of another permanent unit it is still given what goes.
    const passedOn = await rejection(permanent.exports.viaPeer("take", going.exports) as Promise<unknown>);
    expect(passedOn).to.include({ name: "NotSupportedError", code: "permanent-depends" });
    expect((await going.unload()).reason).to.equal("requested");
    await host.dispose();
  });
});
