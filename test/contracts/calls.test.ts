import { traffic } from "../support/port-traffic.js";
import { expect } from "chai";
import { transfer } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

const code = `
  let count = 0;
  export const add = (a, b) => a + b;
  export const later = (value, ms) => new Promise((resolve) => setTimeout(resolve, ms, value));
  export const next = () => ++count;
  export const answer = 42;
  export const table = { name: "periodic", cell: { symbol: "He" } };
  export default { greet(name) { return this.prefix + name; }, prefix: "Hello ", deep: { er: { twice: (n) => 2 * n } } };
  export class Point { static origin() { return [0, 0]; } }
  export const echo = (value) => value;
  export const give = (what) => ({
    weak: new WeakMap(), symbol: Symbol("s"), nested: { list: [1, { here: new WeakMap() }] }, code: Function,
    map: new Map([["key", Symbol("in a Map")]]),
  })[what];
  export const thenable = () => ({ then(resolve) { resolve("thenable"); } });
  export const size = (buffer) => buffer.byteLength;
  export const nothing = () => {};
  export const identity = (...values) => values;
`;

interface Sample {
  add(a: number, b: number): number;
  later(value: string, ms: number): Promise<string>;
  next(): number;
  answer: number;
  table: { name: string; cell: { symbol: string } };
  default: { greet(name: string): string; prefix: string; deep: { er: { twice(n: number): number } } };
  Point: { origin(): number[] };
  echo(value: unknown): unknown;
  give(what: string): unknown;
  thenable(): string;
  size(buffer: ArrayBuffer): number;
  nothing(): void;
  missing(): void;
}

inEveryIsolation("a call of a unit", ({ use, isolation, host }) => {
  it("answers what its export returns, at once or later", () =>
    use<Sample>(code, async ({ exports }) => {
      expect(await exports.add(2, 3)).to.equal(5);
      expect(await exports.later("done", 10)).to.equal("done");
      expect(await exports.nothing()).to.equal(undefined);
      expect(await exports.thenable()).to.equal("thenable");
    }));

  it("reads values, and walks into objects without calling them", () =>
    use<Sample>(code, async ({ exports }) => {
      expect(await exports.answer).to.equal(42);
      expect(await exports.table).to.deep.equal({ name: "periodic", cell: { symbol: "He" } });
      expect(await exports.table.cell.symbol).to.equal("He");
    }));

  it("calls methods of nested objects and classes as such", () =>
    use<Sample>(code, async ({ exports }) => {
      expect(await exports.default.greet("you")).to.equal("Hello you");
      expect(await exports.default.deep.er.twice(4)).to.equal(8);
      expect(await exports.Point.origin()).to.deep.equal([0, 0]);
    }));

  it("carries whatever structured clone carries", () =>
    use<Sample>(code, async ({ exports }) => {
      const cycle: { self?: unknown } = {};
      cycle.self = cycle;
      const sent = [
        undefined,
        null,
        NaN,
        -0,
        10n,
        new Date(7),
        /x/gi,
        new Set([1]),
        new Map([[{ a: 1 }, "b"]]),
        new Uint8Array([1, 2]),
      ];
      expect(await exports.echo(sent)).to.deep.equal(sent);
      const back = (await exports.echo(cycle)) as typeof cycle;
      expect(back.self).to.equal(back);
    }));

  it("costs one message each way for all calls of one turn", () =>
    use<Sample>(code, async ({ exports }) => {
      await exports.nothing(); // whatever the load had still to say has been said,
      await until("the next warm domain has come", () => host().stats().warm === 1); // and whatever the pool has,
      await new Promise((resolve) => setTimeout(resolve, 150)); // and what is told late
      let answers: unknown[] = [];
      const { sent, received } = await traffic(async () => {
        const reading = exports.answer.then((value) => value); // a bare member would be read one microtask later
        answers = await Promise.all([
          ...Array.from({ length: 500 }, (_, n) => exports.add(n, 1)),
          reading,
          exports.next(),
        ]);
      });
      expect(answers.slice(0, 3)).to.deep.equal([1, 2, 3]);
      expect(answers.slice(-3)).to.deep.equal([500, 42, 1]);
      expect(sent).to.have.length(1);
      expect(received).to.have.length(1);
    }));

  it("is executed in the order in which the calls were made", () =>
    use<Sample>(code, async ({ exports }) => {
      const first = [exports.next(), exports.next()];
      await Promise.resolve();
      const second = [exports.next(), exports.next()];
      expect(await Promise.all([...first, ...second])).to.deep.equal([1, 2, 3, 4]);
    }));

  it("delays no other by being slow", () =>
    use<Sample>(code, async ({ exports }) => {
      const order: string[] = [];
      const slow = exports.later("slow", 300).then((value) => order.push(value));
      const quick = exports.add(1, 1).then(() => order.push("quick"));
      await quick;
      expect(await exports.add(2, 2)).to.equal(4);
      expect(order).to.deep.equal(["quick"]);
      await slow;
      expect(order).to.deep.equal(["quick", "slow"]);
    }));

  it("moves what is marked for transfer", () =>
    use<Sample>(code, async ({ exports }) => {
      const buffer = new ArrayBuffer(1024);
      expect(await exports.size(transfer(buffer, [buffer]))).to.equal(1024);
      expect(buffer.byteLength).to.equal(0);
    }));

  it("fails alone when an argument cannot be sent, and names the place", () =>
    use<Sample>(code, async ({ exports }) => {
      const good = exports.add(1, 2);
      const bad = rejection(exports.echo({ list: [1, { here: Symbol("no") }] }));
      const alsoGood = exports.add(3, 4);
      expect(await Promise.all([good, alsoGood])).to.deep.equal([3, 7]);
      expect(await bad).to.include({ name: "DataError", code: "not-cloneable" });
      expect((await bad).message).to.include("Argument 1 of echo().list[1].here is a symbol");
      expect((await rejection(exports.echo(new WeakMap()))).message).to.include("WeakMap");
      expect((await rejection(exports.echo(document.body))).name).to.equal("DataError");
      expect((await rejection(exports.echo(window))).name).to.equal("DataError");
    }));

  it("fails alone when a result cannot be sent, and names the place", () =>
    use<Sample>(code, async ({ exports }) => {
      const kinds = ["weak", "symbol", "nested", "code", "map"];
      const failures = kinds.map((kind) => rejection(exports.give(kind)));
      const good = exports.add(1, 2);
      expect(await good).to.equal(3);
      for (const failure of await Promise.all(failures))
        expect(failure).to.include({ name: "DataError", code: "not-cloneable" });
      expect((await failures[2]!).message).to.include("give().list[1].here is a WeakMap");
      expect((await failures[3]!).message).to.include("makes code");
      expect((await failures[4]!).message).to.include("get(key)");
    }));

  it("says what there is when it names an export that is not there", () =>
    use<Sample>(code, async ({ exports }) => {
      const missing = await rejection(exports.missing());
      expect(missing).to.include({ name: "ContractError", code: "no-such-member" });
      const misspelt = (exports as unknown as { nexd(): Promise<void> }).nexd();
      expect((await rejection(misspelt)).message).to.include('Did you mean "next"?');
      const called = (exports as unknown as { answer(): Promise<void> }).answer();
      expect(await rejection(called)).to.include({ name: "ContractError", code: "not-a-function" });
    }));

  it("reaches nothing that the unit did not export", () =>
    use<Sample>(code, async ({ exports }) => {
      const member = (path: string): unknown =>
        path.split(".").reduce<unknown>((object, key) => Reflect.get(Object(object), key), exports);
      for (const path of [
        "add.constructor.call",
        "Point.prototype.toString",
        "table.__proto__.toString",
        "table.hasOwnProperty",
      ]) {
        const escape = member(path) as () => Promise<unknown>;
        expect(await rejection(escape())).to.include({ name: "ContractError" });
      }
    }));

  it("is not made by a look at the exports", () =>
    use<Sample>(code, async (unit) => {
      const { sent } = await traffic(async () => {
        expect(await Promise.resolve(unit.exports)).to.equal(unit.exports);
        expect(unit.exports.table.cell).to.equal(unit.exports.table.cell);
        expect(() => Object.assign(unit.exports, { add: 1 })).to.throw(TypeError);
      });
      expect(sent).to.have.length(0);
      expect(isolation).to.equal(unit.isolation);
    }));
});
