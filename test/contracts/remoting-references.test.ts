import { expect } from "chai";
import { proxy, release, transfer, type Remote, type Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

const code = `
  const tick = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));
  export class Account {
    static #opened = 0;
    static opened() { return Account.#opened; }
    static limit = 100;
    #balance;
    constructor(balance = 0) { this.#balance = balance; Account.#opened++; }
    get balance() { return this.#balance; }
    deposit(amount) { this.#balance += amount; return this; }
    split() { return [new Account(1), new Map([["other", new Account(2)]])]; }
  }
  export class Savings extends Account { rate() { return 3; } }
  export const make = (balance) => new Account(balance);
  export const makeAll = (n) => ({
    list: Array.from({ length: n }, (_, i) => new Account(i)),
    map: new Map([[new Account(10), "by key"], ["value", new Account(11)]]),
    set: new Set([new Account(12)]),
    fn: (a) => a + 1,
    nested: { Account },
  });
  export const balanceOf = (account) => account.balance;
  export const echo = (value) => value;
  export const isSame = (one, other) => one === other;
  let last;
  export const remember = (value) => { last = value; };
  export const isLast = (value) => last === value;
  export const forget = () => { last = undefined; };
  export const call = async (fn, ...args) => fn(...args);
  export const callAt = async (holder, ...path) => path.reduce((at, key) => (at instanceof Map ? at.get(key) : at[key]), holder)();
  export const construct = async (Class, ...args) => { const made = await new Class(...args); return made.describe(); };
  export const read = async (object, key) => object[key];
  export function* count(to) { for (let n = 1; n <= to; n++) yield n; }
  let ended = 0;
  export async function* countLater(to) { try { for (let n = 1; n <= to; n++) { await tick(); yield n; } } finally { ended++; } }
  export const endings = () => ended;
  export const collect = async (items) => { const all = []; for await (const item of items) all.push(item); return all; };
  export const takeFirst = async (items) => { for await (const item of items) return item; };
  export const later = async (value, ms) => { await tick(ms); return value; };
  export const promises = () => ({ good: tick(5).then(() => 7), bad: tick(5).then(() => { throw new RangeError("late"); }), soon: Promise.resolve([1]) });
  export const awaitIn = async (data) => ({ value: await data.promise, failure: await data.failing.catch((error) => error.message) });
  export const failure = () => {
    const inner = new TypeError("inner");
    return { errors: [new AggregateError([inner, new DOMException("gone", "NotFoundError")], "many", { cause: inner })], inner };
  };
  export const namesOf = (errors) => errors.map((error) => [error instanceof Error, error.name, error.message, error.code ?? null]);
  export const shared = () => { const buffer = new ArrayBuffer(8); return { bytes: new Uint8Array(buffer), half: new Uint8Array(buffer, 4), view: new DataView(buffer) }; };
  export const isShared = ({ one, other }) => { one[4] = 9; return one.buffer === other.buffer && other[0] === 9; };
  export const tagsOf = (values) => values.map((value) => Object.prototype.toString.call(value).slice(8, -1));
`;

interface Account {
  readonly balance: number;
  deposit(amount: number): Account;
  split(): [Account, Map<string, Account>];
}
interface Sample {
  Account: { new (balance?: number): Account; opened(): number; limit: number };
  Savings: new (balance?: number) => Account & { rate(): number };
  make(balance: number): Account;
  makeAll(n: number): {
    list: Account[];
    map: Map<unknown, unknown>;
    set: Set<Account>;
    fn(a: number): number;
    nested: { Account: new (balance?: number) => Account };
  };
  balanceOf(account: unknown): number;
  echo(value: unknown): unknown;
  isSame(one: unknown, other: unknown): boolean;
  remember(value: unknown): void;
  isLast(value: unknown): boolean;
  forget(): void;
  call(fn: unknown, ...args: unknown[]): Promise<unknown>;
  callAt(holder: unknown, ...path: string[]): Promise<unknown>;
  construct(Class: unknown, ...args: unknown[]): Promise<string>;
  read(object: unknown, key: string): Promise<unknown>;
  count(to: number): Generator<number>;
  countLater(to: number): AsyncGenerator<number>;
  endings(): number;
  collect(items: unknown): Promise<unknown[]>;
  takeFirst(items: unknown): Promise<unknown>;
  later(value: unknown, ms: number): Promise<unknown>;
  promises(): { good: Promise<number>; bad: Promise<number>; soon: Promise<number[]> };
  awaitIn(data: unknown): Promise<{ value: unknown; failure: unknown }>;
  failure(): { errors: AggregateError[]; inner: TypeError };
  namesOf(errors: unknown[]): unknown[][];
  shared(): { bytes: Uint8Array; half: Uint8Array; view: DataView };
  isShared(views: { one: Uint8Array; other: Uint8Array }): boolean;
  tagsOf(values: unknown[]): string[];
}

inEveryIsolation("a reference", ({ use, load }) => {
  const inUnit = (body: (unit: Unit<Sample>) => unknown): Promise<unknown> => use<Sample>(code, body);

  it("to an instance has its methods and getters", () =>
    inUnit(async ({ exports }) => {
      using account = await new exports.Account(5);
      expect(typeof account).to.equal("function");
      expect(await account.balance).to.equal(5);
      release(await account.deposit(2));
      expect((await rejection(account.balance)).code).to.equal("released");
    }));

  it("to an instance is one and the same, however often it comes", () =>
    inUnit(async ({ exports }) => {
      const account = await exports.make(1);
      expect(await account.deposit(1)).to.equal(account);
      expect(await exports.echo([account, { account }])).to.deep.equal([account, { account }]);
      expect(await account.balance).to.equal(2);
      release(account);
    }));

  it("to a class constructs, and has the statics", () =>
    inUnit(async ({ exports }) => {
      using savings = await new exports.Savings(4);
      expect([await savings.rate(), await savings.balance]).to.deep.equal([3, 4]);
      expect(await exports.Account.limit).to.equal(100);
      expect(await exports.Account.opened()).to.equal(1);
      using Account = await exports.Account;
      using account = await new Account(6);
      expect(await account.balance).to.equal(6);
    }));

  it("may be at any depth of a result", () =>
    inUnit(async ({ exports }) => {
      // Data with functions in it arrives as data; the compiler, which takes it for an instance, cannot know.
      const all = (await exports.makeAll(2)) as unknown as {
        list: Remote<Account>[];
        map: Map<unknown, Remote<Account>>;
        set: Set<Remote<Account>>;
        fn(a: number): Promise<number>;
        nested: { Account: Remote<Sample["Account"]> };
      };
      expect(await all.list[1]!.balance).to.equal(1);
      const [key] = [...all.map].find(([, value]) => (value as unknown) === "by key")!;
      expect(await (key as { balance: Promise<number> }).balance).to.equal(10);
      expect(await all.map.get("value")!.balance).to.equal(11);
      expect(await [...all.set][0]!.balance).to.equal(12);
      expect(await all.fn(1)).to.equal(2);
      expect(await new all.nested.Account(13).balance).to.equal(13);
      release(all);
    }));

  it("comes home as the thing itself", () =>
    inUnit(async ({ exports }) => {
      using account = await exports.make(3);
      expect(await exports.balanceOf(account)).to.equal(3);
      expect(await exports.isSame(account, account)).to.equal(true);
      const callback = (): number => 1;
      expect(await exports.echo(callback)).to.equal(callback);
      expect(await exports.echo({ deep: [callback] })).to.deep.equal({ deep: [callback] });
      await exports.remember(callback);
      expect(await exports.isLast(callback), "the same remote over there, too").to.equal(true);
      await exports.forget();
    }));

  it("to a function of the page can be called, wherever it is in an argument", () =>
    inUnit(async ({ exports }) => {
      const heard: unknown[] = [];
      const tell = (...args: unknown[]): string => {
        heard.push(args);
        return "heard";
      };
      expect(await exports.call(tell, 1, { a: 1 })).to.equal("heard");
      expect(await exports.callAt({ deep: { er: tell } }, "deep", "er")).to.equal("heard");
      expect(await exports.callAt(new Map([["key", tell]]), "key")).to.equal("heard");
      expect(await exports.callAt([tell], "0")).to.equal("heard");
      expect(heard).to.deep.equal([[1, { a: 1 }], [], [], []]);
      const failing = async (): Promise<never> => Promise.reject(Object.assign(new RangeError("no"), { code: "E_NO" }));
      const error = await rejection(exports.call(failing));
      expect(error).to.be.instanceOf(RangeError).and.to.include({ message: "no", code: "E_NO" });
    }));

  it("to a class of the page can be constructed, and its instances be called", () =>
    inUnit(async ({ exports }) => {
      class Local {
        readonly #name: string;
        constructor(name: string) {
          this.#name = name;
        }
        describe(): string {
          return `local ${this.#name}`;
        }
        get name(): string {
          return this.#name;
        }
      }
      expect(await exports.construct(Local, "one")).to.equal("local one");
      expect(await exports.read(new Local("two"), "name")).to.equal("two");
    }));

  it("is what proxy() makes of a plain object, which is copied without it", () =>
    inUnit(async ({ exports }) => {
      const settings = { depth: 1 };
      const marked = proxy({ depth: 1 });
      await exports.remember(marked);
      expect(await exports.isLast(marked)).to.equal(true);
      marked.depth = 2;
      expect(await exports.read(marked, "depth")).to.equal(2);
      expect(await exports.echo(marked)).to.equal(marked);
      expect(await exports.echo(settings)).not.to.equal(settings);
      expect(await exports.echo({ deep: [marked] })).to.deep.equal({ deep: [marked] });
      await exports.forget();
    }));

  it("to an iterator is iterated over with for await", () =>
    inUnit(async ({ exports }) => {
      for (const items of [await exports.count(3), await exports.countLater(3)]) {
        const seen: number[] = [];
        for await (const item of items) seen.push(item);
        expect(seen).to.deep.equal([1, 2, 3]);
        release(items);
      }
      const seen: number[] = [];
      for await (const item of exports.count(2) as unknown as AsyncIterable<number>) seen.push(item);
      expect(seen, "also where it is still a promise").to.deep.equal([1, 2]);
    }));

  it("to a generator ends it where the loop is left", () =>
    inUnit(async ({ exports }) => {
      using numbers = await exports.countLater(10);
      for await (const item of numbers) if (item === 2) break;
      expect(await exports.endings()).to.equal(1);
      using others = await exports.countLater(10);
      const failing = (async () => {
        for await (const item of others) if (item === 2) throw new Error("left");
      })();
      expect((await rejection(failing)).message).to.equal("left");
      expect(await exports.endings()).to.equal(2);
    }));

  it("to an iterator of the page is iterated over by the unit", () =>
    inUnit(async ({ exports }) => {
      let isEnded = false;
      async function* generate(): AsyncGenerator<number> {
        try {
          yield 1;
          yield 2;
        } finally {
          isEnded = true;
        }
      }
      expect(await exports.collect(generate())).to.deep.equal([1, 2]);
      isEnded = false;
      expect(await exports.takeFirst(generate())).to.equal(1);
      await until("the generator has ended", () => isEnded);
      expect(await exports.collect([1, 2].values())).to.deep.equal([1, 2]);
      class Range {
        *[Symbol.iterator](): Generator<number> {
          yield 5;
          yield 6;
        }
      }
      expect(await exports.collect(new Range())).to.deep.equal([5, 6]);
    }));

  it("to a promise in data becomes a promise", () =>
    inUnit(async ({ exports }) => {
      const { good, bad, soon } = await exports.promises();
      expect(good).to.be.instanceOf(Promise);
      expect(await good).to.equal(7);
      expect(await soon).to.deep.equal([1]);
      expect(await rejection(bad)).to.be.instanceOf(RangeError);
      const failing = Promise.reject(new RangeError("no"));
      failing.catch(() => {});
      const given = { promise: new Promise((resolve) => setTimeout(resolve, 5, "late")), failing };
      expect(await exports.awaitIn(given)).to.deep.equal({ value: "late", failure: "no" });
    }));

  it("is none to an error, which stays one with all that belongs to it", () =>
    inUnit(async ({ exports }) => {
      const { errors, inner } = await exports.failure();
      const [many] = errors;
      expect(many).to.be.instanceOf(AggregateError);
      expect(many!.cause).to.equal(inner);
      expect(many!.errors[0]).to.equal(inner);
      expect(many!.errors[1]).to.be.instanceOf(Error).and.to.include({ name: "NotFoundError", message: "gone" });
      class Own extends Error {
        override name = "Own";
        code = "E_OWN";
      }
      const sent = [new TypeError("type"), new Own("own"), new DOMException("dom", "AbortError")];
      expect(await exports.namesOf(sent)).to.deep.equal([
        [true, "TypeError", "type", null],
        [true, "Own", "own", "E_OWN"],
        [true, "AbortError", "dom", (await exports.namesOf([sent[2]]))[0]![3]],
      ]);
    }));

  it("is none to data: cycles, shared parts and shared buffers stay what they were", () =>
    inUnit(async ({ exports }) => {
      const { bytes, half, view } = await exports.shared();
      expect(half.buffer).to.equal(bytes.buffer);
      expect(view.buffer).to.equal(bytes.buffer);
      expect(half.byteOffset).to.equal(4);
      const buffer = new ArrayBuffer(8);
      expect(await exports.isShared({ one: new Uint8Array(buffer), other: new Uint8Array(buffer, 4) })).to.equal(true);
      expect(buffer.byteLength, "it was copied").to.equal(8);
      const callback = (): void => {};
      const cycle: Record<string, unknown> = { callback, list: [callback] };
      cycle.self = cycle;
      cycle.map = new Map([[cycle, cycle]]);
      const back = (await exports.echo(cycle)) as typeof cycle;
      expect(back.self).to.equal(back);
      expect((back.map as Map<unknown, unknown>).get(back)).to.equal(back);
      expect(back.callback).to.equal(callback);
    }));

  it("moves what is marked for transfer, at any depth, and nothing else", () =>
    inUnit(async ({ exports }) => {
      const [moved, copied] = [new ArrayBuffer(8), new ArrayBuffer(8)];
      const tags = await exports.tagsOf([transfer(moved, [moved]), copied, new Blob(["x"]), /x/, new Date(0)]);
      expect(tags).to.deep.equal(["ArrayBuffer", "ArrayBuffer", "Blob", "RegExp", "Date"]);
      expect([moved.byteLength, copied.byteLength]).to.deep.equal([0, 8]);
      const deep = new Uint8Array(4);
      await exports.echo({ deep: [{ bytes: transfer(deep, [deep.buffer]) }] });
      expect(deep.byteLength).to.equal(0);
      const { port1, port2 } = new MessageChannel();
      expect((await rejection(exports.echo([port1]))).code).to.equal("not-cloneable");
      expect(await exports.tagsOf([transfer(port1, [port1])])).to.deep.equal(["MessagePort"]);
      port2.close();
    }));

  it("of another unit is passed on and called through the page", async () => {
    const other = await load<Sample>(code, { manifest: { name: "other" } });
    await inUnit(async ({ exports }) => {
      const account = await other.exports.make(5);
      const echoed = await exports.echo(account);
      expect(echoed).to.equal(account);
      expect(await exports.read(account, "balance")).to.equal(5);
      expect(await exports.call(other.exports.balanceOf, account)).to.equal(5);
      const opened = await other.exports.Account.opened;
      expect(await exports.call(opened)).to.equal(1);
      const second = other.exports.make(8);
      expect(await exports.read({ second }, "second")).to.equal(await second);
      release([account, opened, second]);
    });
    await other.unload();
  });

  it("is refused to what must stay where it is, naming the place", () =>
    inUnit(async ({ exports }) => {
      const refused: Record<string, unknown> = {
        HTMLBodyElement: document.body,
        Window: window,
        WeakMap: new WeakMap(),
        symbol: Symbol("no"),
        "makes code": Function,
      };
      for (const [what, value] of Object.entries(refused)) {
        const error = await rejection(exports.echo({ list: [0, value] }));
        expect(error).to.include({ name: "DataError", code: "not-cloneable" });
        expect(error.message).to.include("Argument 1 of echo().list[1]").and.to.include(what);
      }
    }));
});
