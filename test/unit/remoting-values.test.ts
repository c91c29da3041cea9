import { expect } from "chai";
import { proxy, release, transfer, type Remote } from "../../src/remoting/index.js";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { withSessions } from "../support/session-pair.js";

class Stack extends Array<number> {
  top(): number | undefined {
    return this.at(-1);
  }
}
class Registry extends Map<string, number> {
  total(): number {
    return [...this.values()].reduce((sum, value) => sum + value, 0);
  }
}
class Bag extends Set<number> {
  has1(): boolean {
    return this.has(1);
  }
}
class Own extends RangeError {
  override name = "Own";
  extra = { depth: 1 };
}
class Log {
  entries: unknown[] = [];
  add(entry: unknown): this {
    this.entries.push(entry);
    return this;
  }
  all(): unknown[] {
    return [...this.entries];
  }
}

let openLog = (): void => {};
const state = { list: [] as number[] };
const service = {
  echo: (value: unknown) => value,
  tag: (value: unknown) => Object.prototype.toString.call(value).slice(8, -1),
  keys: (value: object) => Object.keys(value),
  stack: () => Stack.of(1, 2, 3),
  registry: () => new Registry([["a", 1]]),
  bag: () => new Bag([1]),
  log: () => new Log(),
  logLater: async () => {
    await new Promise<void>((resolve) => (openLog = resolve));
    return new Log();
  },
  openLog: () => openLog(),
  handlers: () => ({ deep: { onAdd: (a: number, b: number) => a + b, at: [Log] } }),
  isOwn: (value: unknown) => value instanceof Own,
  fail: () => {
    throw new Own("own", { cause: new TypeError("deep") });
  },
  state: () => state,
  push: (n: number) => void state.list.push(n),
  *numbers(to: number): Generator<number, string, number | undefined> {
    let step = 1;
    for (let n = 1; n <= to; n += step) step = (yield n) ?? 1;
    return "done";
  },
  hostile: () => ({
    get value(): never {
      throw new RangeError("a getter");
    },
  }),
  nothing: () => {},
};
type Service = typeof service;

const use = (body: (remote: Remote<Service>) => Promise<void>): Promise<void> =>
  withSessions(service, async ({ remote }) => body(remote));

describe("a value that crosses", () => {
  leavesNothing();

  const copied: Record<string, unknown> = {
    "a sparse array": [1, , 3], // oxlint-disable-line no-sparse-arrays
    "an object without a prototype": Object.assign(Object.create(null), { a: 1 }) as object,
    "a frozen object": Object.freeze({ a: [1] }),
    "a key called __proto__": JSON.parse('{"__proto__": {"polluted": true}, "a": 1}'),
    "numbers of all kinds": [NaN, -0, Infinity, 2n ** 70n],
    "an invalid date": new Date(NaN),
    "typed arrays": [new Float32Array([1.5]), new BigInt64Array([1n]), new Uint8ClampedArray([300])],
    "a part of a buffer": new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2),
    "maps in maps": new Map([[new Map([[1, 2]]), new Set([new Map()])]]),
    "boxed values": [Object(1), Object("a"), Object(false)],
    "nothing": [undefined, null], // prettier-ignore
  };
  for (const [name, value] of Object.entries(copied)) {
    it(`is copied where it is ${name}`, () =>
      use(async (remote) => {
        const back = await remote.echo(value);
        expect(back).to.deep.equal(value);
        if (typeof value === "object") expect(back).not.to.equal(value);
        expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
      }));
  }

  it("is copied where the platform clones it", () =>
    use(async (remote) => {
      const values = {
        File: new File(["text"], "name.txt"),
        Blob: new Blob(["text"]),
        ImageData: new ImageData(1, 1),
        DOMRect: new DOMRect(1, 2, 3, 4),
        RegExp: /x/gi,
        ArrayBuffer: new ArrayBuffer(1),
        DataView: new DataView(new ArrayBuffer(2)),
        SharedNothing: undefined,
      };
      for (const [tag, value] of Object.entries(values)) {
        expect(await remote.tag(value)).to.equal(value === undefined ? "Undefined" : tag);
        expect(await remote.tag({ value })).to.equal("Object");
      }
      expect(((await remote.echo([values.File])) as File[])[0]!.name).to.equal("name.txt");
    }));

  it("is refused where the platform cannot clone it and it is no class of one's own", () =>
    use(async (remote) => {
      const refused = [
        new URL("https://example.com"),
        new Headers(),
        new Event("x"),
        new WeakRef({}),
        document,
        new FormData(),
      ];
      for (const value of refused) {
        expect(await rejection(remote.echo([value]))).to.include({ name: "DataError", code: "not-cloneable" });
      }
    }));

  it("is a reference where it extends an array, a Map or a Set", () =>
    use(async (remote) => {
      using stack = await (remote.stack() as unknown as Promise<Remote<Stack>>);
      expect([await stack.top(), await stack.length]).to.deep.equal([3, 3]);
      const seen: unknown[] = [];
      for await (const item of stack as unknown as AsyncIterable<number>) seen.push(item);
      expect(seen).to.deep.equal([1, 2, 3]);
      using registry = await (remote.registry() as unknown as Promise<
        Remote<{ total(): number; get(key: string): number }>
      >);
      expect([await registry.total(), await registry.get("a")]).to.deep.equal([1, 1]);
      using bag = await (remote.bag() as unknown as Promise<Remote<{ has1(): boolean }>>);
      expect(await bag.has1()).to.equal(true);
      expect(await remote.echo(registry)).to.equal(registry);
    }));

  it("is an error of the nearest class that both sides have", () =>
    use(async (remote) => {
      const error = (await rejection(remote.fail())) as unknown as Own;
      expect(error).to.be.instanceOf(Error).and.to.include({ name: "Own", message: "own" });
      expect(error.extra).to.deep.equal({ depth: 1 });
      expect(error.cause).to.be.instanceOf(TypeError);
      expect(await remote.isOwn(new Own("x"))).to.equal(false);
    }));

  it("fails its call where reading it throws", () =>
    use(async (remote) => {
      expect((await rejection(remote.hostile() as unknown as Promise<unknown>)).message).to.equal("a getter");
      const own = {
        get value(): never {
          throw new RangeError("a getter here");
        },
      };
      expect((await rejection(remote.echo(own))).message).to.equal("a getter here");
      const revoked = Proxy.revocable({}, {});
      revoked.revoke();
      expect(await rejection(remote.echo(revoked.proxy))).to.be.instanceOf(Error);
      expect(await remote.echo(1)).to.equal(1);
    }));

  it("fails its call where it is nested too deeply", () =>
    use(async (remote) => {
      let deep: unknown = 1;
      for (let level = 0; level < 100_000; level++) deep = [deep];
      expect(await rejection(remote.echo(deep))).to.include({ name: "DataError", code: "not-cloneable" });
      expect(await remote.echo(1)).to.equal(1);
    }));

  it("keeps functions in data callable, also before and after it settled", () =>
    use(async (remote) => {
      const handlers = remote.handlers();
      expect(await handlers.deep.onAdd(1, 2)).to.equal(3);
      const data = await handlers;
      expect(await handlers.deep.onAdd(2, 2)).to.equal(4);
      expect(await (data as unknown as typeof handlers).deep.onAdd(3, 2)).to.equal(5);
      release(data);
      expect((await rejection(handlers.deep.onAdd(2, 2))).code).to.equal("released");
    }));

  it("can be stepped through by hand where it is a generator", () =>
    use(async (remote) => {
      using numbers = await (remote.numbers(10) as unknown as Promise<
        Remote<{
          next(value?: number): IteratorResult<number, string>;
          return(value: string): IteratorResult<number, string>;
        }>
      >);
      expect(await numbers.next()).to.deep.equal({ value: 1, done: false });
      expect(await numbers.next(5)).to.deep.equal({ value: 6, done: false });
      expect(await numbers.return("early")).to.deep.equal({ value: "early", done: true });
      expect(await numbers.next()).to.deep.equal({ value: undefined, done: true });
    }));

  it("is iterated over without being fetched", () =>
    withSessions(service, async ({ remote, caller, callee }) => {
      let sum = 0;
      for await (const n of remote.numbers(1000) as unknown as AsyncIterable<number>) {
        sum += n;
        expect([caller.stats().imports, callee.stats().exports]).to.deep.equal([0, 0]);
        if (n === 10) break;
      }
      expect(sum).to.equal(55);
    }));

  it("keeps the order of calls on what was not there yet", () =>
    use(async (remote) => {
      const log = remote.logLater();
      await remote.nothing();
      log.add(1);
      const two = remote.echo(2);
      log.add(two);
      log.add([3]);
      const all = log.all();
      await two; // a call waits for what is among its arguments, too, and then comes after those that do not
      await remote.openLog();
      expect(await all).to.deep.equal([1, 2, [3]]);
      release(log);
    }));

  it("is marked anew by transfer() each time, and by proxy() for good", () =>
    use(async (remote) => {
      const marked = proxy({ list: [1] });
      expect(await remote.echo([marked, { marked }])).to.deep.equal([marked, { marked }]);
      const bytes = new Uint8Array([1, 2]);
      const result = (await remote.echo(transfer({ bytes }, [bytes.buffer]))) as { bytes: Uint8Array };
      expect([...result.bytes]).to.deep.equal([1, 2]);
      expect(bytes.byteLength).to.equal(0);
    }));
});
