import { unhandled } from "../support/unhandled.js";
import { traffic } from "../support/port-traffic.js";
import { expect } from "chai";
import { LeaseholdError, release, type Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { quiet } from "../support/quiet.js";
import { rejection } from "../support/rejection.js";

const code = `
  class Shelf {
    #items = [];
    constructor(name) { this.name = name; }
    put(item) { this.#items.push(item); return this; }
    first() { return this.#items[0]; }
    get size() { return this.#items.length; }
    reader() { return () => this.#items.length; }
  }
  const made = [];
  const runs = [];
  export const open = (name) => { const shelf = new Shelf(name); made.push(new WeakRef(shelf)); return shelf; };
  export const openLater = async (name) => { await new Promise((resolve) => setTimeout(resolve, 20)); return open(name); };
  export const classOf = () => Shelf;
  export const adder = (one) => (other) => one + other;
  export const increment = (n) => n + 1;
  export const describe = (value) => JSON.stringify(value instanceof Map ? [...value] : value instanceof Set ? [...value] : value);
  export const nameOf = (shelf) => shelf.name;
  export const isSame = (one, other) => one === other;
  export const pair = (value) => ({ inner: { value }, list: [value] });
  export const pairOf = pair;
  export const bytes = (length) => "x".repeat(length);
  export const bytesLater = async (length) => { await new Promise((resolve) => setTimeout(resolve, 20)); return "x".repeat(length); };
  export const lengthOf = (text) => text.length;
  export const fail = () => { throw Object.assign(new RangeError("too far"), { limit: 3 }); };
  export const refuse = async () => { await null; throw Object.assign(new RangeError("too far"), { limit: 3 }); };
  export const failCoded = () => { throw Object.assign(new Error("no more"), { name: "LimitExceededError", code: "too-many" }); };
  export const run = (name) => { runs.push(name); };
  export const ran = () => runs;
  export const nothing = () => {};
  export const state = { count: 0, list: [] };
  export const bump = () => { state.count++; state.list.push(state.count); };
  export const getState = () => state;
  export const getStateLater = async () => { await null; return state; };
`;

interface Shelf {
  name: string;
  put(item: unknown): Shelf;
  first(): unknown;
  readonly size: number;
  reader(): () => number;
}
interface Sample {
  open(name: string): Shelf;
  openLater(name: string): Promise<Shelf>;
  classOf(): new (name: string) => Shelf;
  adder(one: number): (other: number) => number;
  increment(n: number): number;
  describe(value: unknown): string;
  nameOf(shelf: Shelf): string;
  isSame(one: unknown, other: unknown): boolean;
  pair(value: string): { inner: { value: string }; list: string[] };
  pairOf(value: Shelf): { inner: { value: Shelf }; list: Shelf[] };
  bytes(length: number): string;
  bytesLater(length: number): Promise<string>;
  lengthOf(text: string): number;
  fail(): Shelf;
  refuse(): Promise<Shelf>;
  failCoded(): Shelf;
  run(name: string): void;
  ran(): string[];
  nothing(): void;
  state: { count: number; list: number[] };
  bump(): void;
  getState(): { count: number; list: number[] };
  getStateLater(): Promise<{ count: number; list: number[] }>;
}

inEveryIsolation("a remote promise", ({ use, load, host }) => {
  /** Runs `body` while nothing else goes over the ports, and makes sure of how many messages it takes each way. */
  const costs = async (messages: number, body: () => unknown): Promise<unknown[]> => {
    const { sent, received } = await traffic(body);
    expect([sent.length, received.length], "messages there and back").to.deep.equal([messages, messages]);
    return received;
  };
  /** Hands `body` a unit that has nothing to say by itself any more. */
  const useQuietly = (body: (unit: Unit<Sample>) => Promise<void>): Promise<unknown> =>
    use<Sample>(code, async (unit) => {
      await quiet(host());
      await body(unit);
    });

  it("has members that can be called and read at once, in one message each way", () =>
    useQuietly(async ({ exports }) => {
      await costs(1, async () => {
        const shelf = exports.open("left");
        const [size, first] = await Promise.all([shelf.put("a").put("b").size, shelf.first()]);
        expect([size, first]).to.deep.equal([2, "a"]);
      });
    }));

  it("can be an argument at once, in one message each way", () =>
    useQuietly(async ({ exports }) => {
      await costs(1, async () => {
        expect(await exports.nameOf(exports.open("right"))).to.equal("right");
      });
    }));

  it("can be anywhere in an argument's data", () =>
    useQuietly(async ({ exports }) => {
      await costs(1, async () => {
        const two = exports.increment(1);
        const described = await Promise.all([
          exports.describe({ deep: [{ two }] }),
          exports.describe([two, [two]]),
          exports.describe(new Map([["two", two]])),
        ]);
        expect(described).to.deep.equal(['{"deep":[{"two":2}]}', "[2,[2]]", '[["two",2]]']);
      });
    }));

  it("can be a member of a Set or a key of a Map in an argument", () =>
    useQuietly(async ({ exports }) => {
      await costs(1, async () => {
        const two = exports.increment(1);
        const described = [exports.describe(new Set([two])), exports.describe(new Map([[two, "two"]]))];
        expect(await Promise.all(described)).to.deep.equal(["[2]", '[[2,"two"]]']);
      });
    }));

  it("lends a member of its result as an argument", () =>
    useQuietly(async ({ exports }) => {
      await costs(1, async () => {
        const pair = exports.pairOf(exports.open("inner"));
        const answers = [exports.nameOf(pair.inner.value), exports.describe({ size: exports.open("x").put(1).size })];
        expect(await Promise.all(answers)).to.deep.equal(["inner", '{"size":1}']);
      });
    }));

  it("stays one and the same value in all the arguments that it is in", () =>
    useQuietly(async ({ exports }) => {
      const shelf = exports.open("one");
      const other = exports.open("other");
      expect(await Promise.all([exports.isSame(shelf, shelf), exports.isSame(shelf, other)])).to.deep.equal([
        true,
        false,
      ]);
      release([shelf, other]);
    }));

  it("can be called where it is of a function", () =>
    useQuietly(async ({ exports }) => {
      await costs(1, async () => {
        expect(await exports.adder(1)(2)).to.equal(3);
      });
      await costs(1, async () => {
        expect(await exports.open("x").put(1).reader()()).to.equal(1);
      });
    }));

  it("can be constructed where it is of a class", () =>
    useQuietly(async ({ exports }) => {
      await costs(1, async () => {
        const Shelf = exports.classOf();
        expect(await new Shelf("new").put(1).size).to.equal(1);
      });
    }));

  it("makes ten calls that depend on each other one message there and one back", () =>
    useQuietly(async ({ exports }) => {
      await costs(1, async () => {
        let number = exports.increment(0);
        for (let step = 1; step < 10; step++) number = exports.increment(number);
        expect(await number).to.equal(10);
      });
    }));

  it("travels with its dependants where the calls between are slow, too", () =>
    useQuietly(async ({ exports }) => {
      const { sent } = await traffic(async () => {
        expect(await exports.nameOf(exports.openLater("late"))).to.equal("late");
      });
      expect(sent).to.have.length(1);
    }));

  it("is not sent back where nobody awaits it", () =>
    useQuietly(async ({ exports }) => {
      const received = await costs(1, async () => {
        expect(await exports.lengthOf(exports.bytes(1_000_000))).to.equal(1_000_000);
      });
      expect(JSON.stringify(received).length).to.be.below(500);
    }));

  it("is fetched by one more message where it is awaited later", () =>
    useQuietly(async ({ exports }) => {
      const text = exports.bytes(100_000);
      expect(await exports.lengthOf(text)).to.equal(100_000);
      const received = await costs(1, async () => {
        expect(await text).to.have.length(100_000);
      });
      expect(JSON.stringify(received).length).to.be.above(100_000);
      await costs(0, async () => {
        expect(await text, "it is here now").to.have.length(100_000);
      });
    }));

  it("is fetched later also where its call was slow", () =>
    useQuietly(async ({ exports }) => {
      const text = exports.bytesLater(100_000);
      expect(await exports.lengthOf(text)).to.equal(100_000);
      expect(await text).to.have.length(100_000);
    }));

  it("is there at once where it is a small primitive, though nobody awaited it", () =>
    useQuietly(async ({ exports }) => {
      const [two, short] = [exports.increment(1), exports.bytes(10)];
      await exports.nothing();
      await costs(0, async () => {
        expect(await Promise.all([two, short])).to.deep.equal([2, "x".repeat(10)]);
      });
    }));

  it("can still be used for calls where it was kept over there", () =>
    useQuietly(async ({ exports }) => {
      const shelf = exports.open("kept");
      await exports.nothing();
      await costs(1, async () => {
        expect(await Promise.all([shelf.put(1).size, exports.nameOf(shelf)])).to.deep.equal([1, "kept"]);
      });
      release(shelf);
    }));

  it("rejects what depends on it where it failed, with an error that names the step", () =>
    useQuietly(async ({ exports }) => {
      const steps = [
        ["fail", () => exports.fail()],
        ["refuse", () => exports.refuse()],
      ] as const;
      for (const [name, failing] of steps) {
        await costs(1, async () => {
          const step = failing();
          const dependants = [step.size, step.put(1).first(), exports.nameOf(step), exports.describe([{ step }])];
          for (const error of await Promise.all(dependants.map((dependant) => rejection(dependant)))) {
            expect(error).to.be.instanceOf(RangeError);
            expect(error.message).to.equal(`${name}() failed: too far`);
            expect(error).to.include({ limit: 3 });
            expect(error.cause).to.be.instanceOf(RangeError);
            expect((error.cause as Error).message).to.equal("too far");
          }
        });
      }
    }));

  it("keeps the code of the library's own errors in what it rejects", () =>
    useQuietly(async ({ exports }) => {
      const error = await rejection(exports.failCoded().size);
      expect(error).to.be.instanceOf(LeaseholdError);
      expect(error).to.include({ name: "LimitExceededError", code: "too-many" });
      expect(error.message).to.equal("failCoded() failed: no more");
    }));

  it("names the step that failed, not those that depend on it", () =>
    useQuietly(async ({ exports }) => {
      const error = await rejection(exports.increment(exports.increment(exports.fail() as never)));
      expect(error.message).to.equal("fail() failed: too far");
    }));

  it("does not run what depends on it where it failed, and runs all else", () =>
    useQuietly(async ({ exports }) => {
      const failed = rejection(exports.run(exports.fail() as never));
      const [ran, two] = await Promise.all([exports.run("other"), exports.increment(1), failed]);
      expect([ran, two]).to.deep.equal([undefined, 2]);
      expect(await exports.ran()).to.deep.equal(["other"]);
    }));

  it("is an unhandled rejection where it failed and nobody awaits or uses it", () =>
    useQuietly(async ({ exports }) => {
      const reasons = await unhandled(async () => {
        void exports.fail();
        void exports.refuse();
        await exports.nothing();
      });
      expect(reasons.map((reason) => (reason as Error).message)).to.deep.equal(["too far", "too far"]);
    }));

  it("is none where something depends on it, or it was awaited", () =>
    useQuietly(async ({ exports }) => {
      const reasons = await unhandled(async () => {
        const step = exports.fail();
        await rejection(step.size);
        const member = exports.refuse();
        await rejection(exports.nameOf(member));
        await rejection(exports.fail());
        exports.fail().catch(() => {});
      });
      expect(reasons).to.deep.equal([]);
    }));

  it("can be awaited after it failed", () =>
    useQuietly(async ({ exports }) => {
      const step = exports.fail();
      await rejection(step.size);
      expect((await rejection(step)).message).to.equal("too far");
    }));

  it("rejects where what depends on it has no such member", () =>
    useQuietly(async ({ exports }) => {
      const missing = (exports.open("x") as unknown as { missing(): Promise<void> }).missing();
      expect(await rejection(missing)).to.include({ name: "ContractError", code: "no-such-member" });
      const ofData = (exports.increment(1) as unknown as { missing(): Promise<void> }).missing();
      expect(await rejection(ofData)).to.include({ name: "ContractError", code: "no-such-member" });
    }));

  it("makes a call wait that is made once it has left", () =>
    useQuietly(async ({ exports }) => {
      const shelf = exports.openLater("late");
      await exports.nothing();
      const size = shelf.put(1).size;
      const name = exports.nameOf(shelf);
      expect(await Promise.all([size, name])).to.deep.equal([1, "late"]);
      release(shelf);
    }));

  it("goes on being one once it has settled to a remote", () =>
    useQuietly(async ({ exports }) => {
      const promise = exports.open("settled");
      using shelf = await promise;
      expect(await promise.put(1).size).to.equal(1);
      expect(await exports.nameOf(promise)).to.equal("settled");
      expect(await exports.isSame(promise, shelf)).to.equal(true);
    }));

  it("goes on being one once it has settled to data, without a message", () =>
    useQuietly(async ({ exports }) => {
      const promise = exports.pair("data");
      await promise;
      await costs(0, async () => {
        expect(await promise.inner.value).to.equal("data");
        expect((await rejection((promise as unknown as { none: Promise<void> }).none)).code).to.equal("no-such-member");
      });
      expect(await exports.describe(promise)).to.equal('{"inner":{"value":"data"},"list":["data"]}');
      expect(await exports.describe([promise.list])).to.equal('[["data"]]');
    }));

  it("can be let go of: its result is not fetched, and using it rejects", () =>
    useQuietly(async ({ exports }) => {
      const kept = exports.open("kept");
      await exports.nothing();
      release(kept);
      expect(await rejection(kept)).to.include({ name: "InvalidStateError", code: "released" });
      expect((await rejection(kept.size)).message).to.include("open()");
      expect((await rejection(exports.nameOf(kept))).code).to.equal("released");
      {
        using early = exports.open("early");
        expect(await early.put(1).size).to.equal(1);
      }
    }));

  it("can be let go of before its call has left, or been answered", () =>
    useQuietly(async ({ exports }) => {
      release(exports.open("unsent"));
      const sent = exports.openLater("sent");
      await exports.nothing();
      release(sent);
      expect((await rejection(sent)).code).to.equal("released");
      const awaited = exports.openLater("awaited");
      const rejected = rejection(awaited);
      await exports.nothing();
      release(awaited);
      expect((await rejected).code).to.equal("released");
    }));

  it("is made all the same where it was let go of, and so is what depends on it", () =>
    useQuietly(async ({ exports }) => {
      release(exports.run("let go"));
      const shelf = exports.open("shelf");
      const size = shelf.put(1).size;
      release(shelf);
      expect(await size).to.equal(1);
      expect(await exports.ran()).to.deep.equal(["let go"]);
      const kept = exports.open("kept");
      await exports.nothing();
      const name = exports.describe([exports.nameOf(kept), kept.name, exports.openLater("slow").name]);
      const joined = exports.isSame(exports.openLater("other"), kept);
      release(kept);
      expect(JSON.parse(await name)).to.deep.equal(["kept", "kept", "slow"]);
      expect(await joined).to.equal(false);
    }));

  it("can be used and awaited in one turn where it was kept over there", () =>
    useQuietly(async ({ exports }) => {
      const kept = exports.open("kept");
      await exports.nothing();
      const [name, shelf] = await Promise.all([exports.nameOf(kept), kept]);
      expect(name).to.equal("kept");
      release(shelf);
    }));

  it("of an argument carries what that was when the call was made", () =>
    useQuietly(async ({ exports }) => {
      const list = [1];
      const data = { list };
      const described = exports.describe(data);
      list.push(2);
      data.list = [];
      expect(await described).to.equal('{"list":[1]}');
      const slow = exports.openLater("x");
      await exports.nothing();
      const waiting = exports.describe([data, exports.nameOf(slow)]);
      data.list = [9];
      expect(await waiting).to.equal('[{"list":[]},"x"]');
      release(slow);
    }));

  it("of a result carries what that was when the call settled", () =>
    useQuietly(async ({ exports }) => {
      const [before, later, , after] = await Promise.all([
        exports.getState(),
        exports.getStateLater(),
        exports.bump(),
        exports.getState(),
      ]);
      expect(before).to.deep.equal({ count: 0, list: [] });
      expect(after).to.deep.equal({ count: 1, list: [1] });
      expect(later, "it settled after the bump").to.deep.equal({ count: 1, list: [1] });
    }));

  it("of another unit can be an argument", async () => {
    const other = await load<Sample>(code, { manifest: { name: "other" } });
    await use<Sample>(code, async ({ exports }) => {
      expect(await exports.describe({ two: other.exports.increment(1) })).to.equal('{"two":2}');
      const shelf = other.exports.open("elsewhere");
      expect(await exports.nameOf(shelf as never)).to.equal("elsewhere");
      expect((await rejection(exports.nameOf(other.exports.fail()))).message).to.equal("fail() failed: too far");
      expect(await exports.describe([other.exports.pair("there").inner.value])).to.equal('["there"]');
      release(shelf);
    });
    await other.unload();
  });

  it("can be returned from an async function, like any promise", () =>
    useQuietly(async ({ exports }) => {
      const made = await (async () => exports.pair("one"))();
      expect(made).to.deep.equal({ inner: { value: "one" }, list: ["one"] });
    }));
});
