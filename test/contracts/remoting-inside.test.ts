import { inEngine } from "../support/engine.js";
import { traffic } from "../support/port-traffic.js";
import { expect } from "chai";
import { proxy, release, transfer, type Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { quiet } from "../support/quiet.js";
import { rejection } from "../support/rejection.js";

const code = `
  class Counter { count = 0; increment() { return ++this.count; } }
  const counter = new Counter();
  export { Counter, counter };
  export const add = (a, b) => a + b;
  export const later = (value, ms) => new Promise((resolve) => setTimeout(resolve, ms, value));
  export const broken = () => missingInUnit;
  export const nothing = () => {};
`;
interface Counter {
  count: number;
  increment(): number;
}
interface Sample {
  Counter: new () => Counter;
  counter: Counter;
  add(a: number, b: number): number;
  later<T>(value: T, ms: number): Promise<T>;
  broken(): void;
  nothing(): void;
}
declare const notThere: number;

inEveryIsolation("a function that is run inside a unit", ({ use, load, host }) => {
  const inUnit = (body: (unit: Unit<Sample>) => unknown): Promise<unknown> => use<Sample>(code, body);

  it("loops over there with the real exports, for one message each way", () =>
    inUnit(async (unit) => {
      await quiet(host());
      const { sent, received } = await traffic(async () => {
        const sum = await unit.inside((exports, times) => {
          let total = 0;
          for (let turn = 0; turn < times; turn++) total = exports.add(total, 2);
          return total;
        }, 100_000);
        expect(sum).to.equal(200_000);
      });
      expect([sent.length, received.length]).to.deep.equal([1, 1]);
    }));

  it("may be an arrow, a function, a method, or async", () =>
    inUnit(async (unit) => {
      const holder = {
        method(exports: Sample, n: number) {
          return exports.add(n, 1);
        },
        async asyncMethod(exports: Sample, n: number) {
          return (await exports.later(n, 5)) + 1;
        },
      };
      const plain = function (exports: Sample, n: number): number {
        return exports.add(n, 1);
      };
      function named(exports: Sample, n: number): number {
        return exports.add(n, 1);
      }
      expect(await unit.inside(plain, 1)).to.equal(2);
      expect(await unit.inside(named, 1)).to.equal(2);
      expect(await unit.inside(async (exports, n) => exports.add(await exports.later(n, 5), 1), 1)).to.equal(2);
      expect(await unit.inside(holder.method, 1)).to.equal(2);
      expect(await unit.inside(holder.asyncMethod, 1)).to.equal(2);
    }));

  it("takes arguments as every call does: copied, moved where marked, by reference", () =>
    inUnit(async (unit) => {
      const data = { list: [1] };
      const changed = await unit.inside((_exports, given) => {
        given.list.push(2);
        return given;
      }, data);
      expect(changed).to.deep.equal({ list: [1, 2] });
      expect(data.list).to.deep.equal([1]);

      const buffer = new ArrayBuffer(8);
      expect(await unit.inside((_exports, given) => given.byteLength, transfer(buffer, [buffer]))).to.equal(8);
      expect(buffer.byteLength).to.equal(0);

      const heard: number[] = [];
      const tell = (n: number): number => heard.push(n);
      const told = await unit.inside(async (_exports, callback) => [await callback(1), await callback(2)], tell);
      expect(told).to.deep.equal([1, 2]);
      expect(heard).to.deep.equal([1, 2]);

      using counter = await new unit.exports.Counter();
      expect(await unit.inside((_exports, own) => own.increment(), counter as unknown as Counter)).to.equal(1);
      expect(await unit.inside((exports, own) => own instanceof exports.Counter, counter as unknown)).to.equal(true);
    }));

  it("gives its result by reference where that crosses so", () =>
    inUnit(async (unit) => {
      const counter = (await unit.inside((exports) => exports.counter)) as unknown as {
        increment(): Promise<number>;
      };
      expect(await counter.increment()).to.equal(1);
      const twice = (await unit.inside((exports) => (n: number) => exports.add(n, n))) as unknown as (
        n: number,
      ) => Promise<number>;
      expect(await twice(4)).to.equal(8);
      release([counter, twice]);
    }));

  it("is compiled once for each source", () =>
    inUnit(async (unit) => {
      const where = (): string => /inside\/(\d+)\.js/.exec(String(new Error("here").stack))?.[1] ?? "none";
      const places = await Promise.all([unit.inside(where), unit.inside(where), unit.inside(where)]);
      // WebKit tells no place in code that was compiled from text.
      const [first, second] = inEngine({ chromium: ["1", "2"], firefox: ["1", "2"], webkit: ["none", undefined] });
      expect(places).to.deep.equal([first, first, first]);
      expect(await unit.inside(() => /inside\/(\d+)\.js/.exec(String(new Error("other").stack))?.[1])).to.equal(second);
      expect(await unit.inside(where)).to.equal(first);
    }));

  it("is strict, and sees nothing of the library", () =>
    inUnit(async (unit) => {
      const seen = await unit.inside(function (this: unknown) {
        return [typeof this, typeof (globalThis as Record<string, unknown>).compiled];
      });
      expect(seen).to.deep.equal(["undefined", "undefined"]);
      const assigned = unit.inside(() => {
        // @ts-expect-error it is declared nowhere
        undeclared = 1;
      });
      expect((await rejection(assigned)).name).to.be.oneOf(["ReferenceError", "DataError"]);
    }));

  it("is told which variable around it is not there", () =>
    inUnit(async (unit) => {
      const factor = { by: Math.random() };
      for (const fn of [() => factor.by, async () => Promise.resolve(factor.by)]) {
        const error = await rejection(unit.inside(fn as () => number));
        expect(error).to.include({ name: "DataError", code: "closes-over" });
        expect(error.message).to.include('"factor"').and.to.include("inside((exports, factor)");
      }
      expect((await rejection(unit.inside(() => notThere))).message).to.include('"notThere"');
    }));

  it("fails with what it throws, and with what the unit throws", () =>
    inUnit(async (unit) => {
      const thrown = await rejection(
        unit.inside(() => {
          throw Object.assign(new RangeError("own"), { code: "E_OWN" });
        }),
      );
      expect(thrown).to.be.instanceOf(RangeError);
      expect(thrown).to.include({ message: "own", code: "E_OWN" });
      const rejected = await rejection(unit.inside(async () => Promise.reject(new TypeError("late"))));
      expect(rejected).to.be.instanceOf(TypeError);
      const ofUnit = await rejection(unit.inside((exports) => exports.broken()));
      expect(ofUnit).to.be.instanceOf(ReferenceError);
      expect(ofUnit.message).to.include("missingInUnit");
    }));

  it("is refused where it has no source to send", () =>
    inUnit(async (unit) => {
      const fn = (exports: Sample): number => exports.add(1, 1);
      const refused: unknown[] = [fn.bind(null), Math.max, unit.exports.add, proxy({}), "() => 1", undefined, class {}];
      for (const one of refused.slice(0, -1)) {
        const error = await rejection(unit.inside(one as typeof fn));
        expect(error, String(typeof one)).to.include({ name: "DataError", code: "no-source" });
      }
    }));

  it("may be a method of any name, and a generator", () =>
    inUnit(async (unit) => {
      const holder = {
        ["computed name"](exports: Sample): number {
          return exports.add(1, 2);
        },
        *generate(): Generator<number> {
          yield 1;
          yield 2;
        },
      };
      expect(await unit.inside(holder["computed name"])).to.equal(3);
      const items: number[] = [];
      const generated = (await unit.inside(holder.generate)) as unknown as AsyncIterable<number>;
      for await (const item of generated) items.push(item);
      expect(items).to.deep.equal([1, 2]);
      release(generated);
    }));

  it("holds its unit loaded while it runs, by name", async () => {
    const unit = await load<Sample>(code);
    const running = unit.inside((exports) => exports.later("done", 300));
    const blocked = await rejection(unit.unload({ deadline: 50 }));
    expect(blocked).to.include({ name: "UnloadBlockedError", code: "unload-blocked" });
    expect(blocked.message).to.include("call  inside()");
    expect(await running).to.equal("done");
    await unit.unloaded;
    expect((await rejection(unit.inside(() => 1))).name).to.equal("DomainUnloadedError");
  });

  it("is rejected where its unit is unloaded by force", async () => {
    const unit = await load<Sample>(code);
    const running = rejection(unit.inside((exports) => exports.later("done", 60_000)));
    await unit.exports.nothing();
    expect(await unit.unload({ mode: "force" })).to.include({ rejectedCalls: 1 });
    expect((await running).name).to.equal("DomainUnloadedError");
    expect((await running).message).to.include("inside()");
  });
});
