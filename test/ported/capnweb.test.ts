import { expect } from "chai";
import { finalizer, release, type Remote } from "leasehold/remoting";
import { DISPOSE } from "../../src/dispose.js";
import { leavesNothing } from "../support/baseline.js";
import { collectUntil } from "../support/collect.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { collectionOf, settled, thenRelease, withPair } from "./support.js";

class Counter {
  #count: number;
  constructor(start = 0) {
    this.#count = start;
  }
  increment(by = 1): number {
    return (this.#count += by);
  }
  get value(): number {
    return this.#count;
  }
}

class Target {
  square(n: number): number {
    return n * n;
  }
  callSquare(self: Target, n: number): { result: number } {
    return { result: self.square(n) };
  }
  callFunction(fn: (n: number) => number | Promise<number>, n: number): Promise<{ result: number }> {
    return thenRelease(fn, async (call) => ({ result: await call(n) }));
  }
  fail(): number {
    throw new RangeError("test error");
  }
  makeCounter(start: number): Counter {
    return new Counter(start);
  }
  incrementCounter(counter: Counter, by = 1): Promise<number> {
    return thenRelease(counter, async (one) => one.increment(by));
  }
  /** The same for a counter of this side, which nobody has to release. */
  incrementOwn(counter: Counter, by = 1): number {
    return counter.increment(by);
  }
  fibonacci(length: number): number[] {
    const row = [0, 1];
    while (row.length < length) row.push(row.at(-1)! + row.at(-2)!);
    return row.slice(0, length);
  }
}

describe("capnweb: what may be exposed", () => {
  leavesNothing();

  it("an instance of a class", () =>
    withPair(new Target(), async ({ remote }) => expect(await remote.square(3)).to.equal(9)));

  it("a function, an async one too", async () => {
    await withPair(
      (n: number) => n + 5,
      async ({ remote }) => expect(await remote(3)).to.equal(8),
    );
    await withPair(
      async (n: number) => n + 5,
      async ({ remote }) => expect(await remote(3)).to.equal(8),
    );
  });

  it("an object with functions and instances inside it", () =>
    withPair(
      { inner: new Target(), square: (n: number) => n * n, later: async (n: number) => n * n, value: 42 },
      async ({ remote }) => {
        expect(await Promise.all([remote.value, remote.square(4), remote.later(5)])).to.deep.equal([42, 16, 25]);
        expect(await remote.inner.square(4)).to.equal(16);
      },
    ));

  it("an instance whose getter makes another", () => {
    class Outer {
      get inner(): Target {
        return new Target();
      }
    }
    return withPair(new Outer(), async ({ remote }) => expect(await remote.inner.square(3)).to.equal(9));
  });

  // capnweb answers undefined for what does not exist, and hides what an instance has itself. Here a name that does not
  // exist is a mistake that the caller hears of, and own members are as public as they are to any other caller.
  it("own members and those that classes declare, and no others", () => {
    class Mixed {
      own = "own";
      #secret = "secret";
      get declared(): string {
        return `declared, ${this.#secret.length}`;
      }
      method(): string {
        return "method";
      }
    }
    return withPair(new Mixed(), async ({ remote }) => {
      expect(await Promise.all([remote.own, remote.declared, remote.method()])).to.deep.equal([
        "own",
        "declared, 6",
        "method",
      ]);
      type Members = Record<string, Promise<unknown>>;
      const members = remote as unknown as Members;
      for (const name of ["nonexistent", "#secret", "toString", "hasOwnProperty", "constructor", "__proto__"]) {
        expect(await rejection(members[name]!), name).to.include({ name: "ContractError", code: "no-such-member" });
      }
      expect(await rejection((members["own"] as unknown as Members)["constructor"]!)).to.include({
        code: "no-such-member",
      });
      expect(await rejection((members["nonexistent"] as unknown as Members)["foo"]!)).to.include({
        name: "ContractError",
      });
    });
  });

  it("own members whose names objects and functions use too", () =>
    withPair({ toString: () => "special", list: [1, 2] }, async ({ remote }) => {
      expect(await remote.toString()).to.equal("special");
      const list = remote.list as unknown as Record<string, Promise<unknown>>;
      expect(await rejection(list["map"]!)).to.include({ code: "no-such-member" });
    }));

  // capnweb removes such names from data. They are data here, and set no prototype.
  it("no prototype by way of data", () => {
    const api = {
      look: (value: object) => [
        Object.getPrototypeOf(value) === Object.prototype,
        Object.hasOwn(value, "__proto__"),
        "polluted" in value,
      ],
    };
    return withPair(api, async ({ remote }) => {
      const value = JSON.parse(`{ "__proto__": { "polluted": true } }`) as object;
      expect(await remote.look(value)).to.deep.equal([true, true, false]);
      expect({}).not.to.have.property("polluted");
    });
  });
});

describe("capnweb: calls", () => {
  leavesNothing();

  it("give promises that have then, catch and finally", () =>
    withPair(new Target(), async ({ remote }) => {
      expect(await remote.square(3).then((value) => value * 2)).to.equal(18);
      expect(await remote.fail().catch((error: Error) => error.message)).to.equal("test error");
      let calls = 0;
      await remote.square(4).finally(() => calls++);
      const failed = await rejection(remote.fail().finally(() => calls++));
      expect(failed).to.be.instanceOf(RangeError);
      expect(calls).to.equal(2);
    }));

  it("take functions, also async ones", () =>
    withPair(new Target(), async ({ remote }) => {
      const square = async (n: number): Promise<number> => n * n;
      expect(await remote.callFunction(square, 3)).to.deep.equal({ result: 9 });
    }));

  // capnweb throws at once, and refuses instances of any class that is not marked. Here they go by reference, and what
  // cannot go at all rejects the call.
  it("refuse an argument that cannot cross", () =>
    withPair(new Target(), async ({ remote }) => {
      const error = await rejection(remote.square([Symbol("no")] as unknown as number));
      expect(error).to.include({ name: "DataError", code: "not-cloneable" });
      expect(error.message).to.match(/square\(\).*\[0\].*symbol/);
    }));

  it("refuse a result that cannot cross", () =>
    withPair({ bad: () => ({ inner: new WeakMap() }) }, async ({ remote }) => {
      const error = await rejection(remote.bad());
      expect(error).to.include({ name: "DataError", code: "not-cloneable" });
      expect(error.message).to.match(/bad\(\).*inner.*WeakMap/);
    }));

  it("arrive in the order in which they were made", () => {
    const order: number[] = [];
    const api = { record: (id: number) => order.push(id) };
    return withPair(api, async ({ remote }) => {
      await Promise.all([remote.record(1), remote.record(2), remote.record(3), remote.record(4)]);
      expect(order).to.deep.equal([1, 2, 3, 4]);
    });
  });

  it("arrive in that order also across the methods of a result that is not there yet", () => {
    const order: number[] = [];
    const record = (id: number): number => order.push(id);
    const api = { open: async () => (await settled(5), { first: record, second: record }) };
    return withPair(api, async ({ remote }) => {
      const opened = remote.open();
      await Promise.all([opened.first(1), opened.second(2), opened.first(3), opened.second(4)]);
      expect(order).to.deep.equal([1, 2, 3, 4]);
    });
  });

  it("that are made on a result under way wait for it, in order", () => {
    const order: number[] = [];
    const { promise, resolve } = Promise.withResolvers<object>();
    const api = { open: () => promise as Promise<{ record(id: number): number }> };
    return withPair(api, async ({ remote }) => {
      const opened = remote.open();
      await settled();
      const recorded = [1, 2, 3].map((id) => opened.record(id));
      await settled();
      expect(order).to.deep.equal([]);
      resolve({ record: (id: number) => order.push(id) });
      expect(await Promise.all(recorded)).to.deep.equal([1, 2, 3]);
      expect(order).to.deep.equal([1, 2, 3]);
    });
  });
});

describe("capnweb: capabilities", () => {
  leavesNothing();

  it("are returned, and passed back", () =>
    withPair(new Target(), async ({ remote }) => {
      const counter = await remote.makeCounter(4);
      expect(await counter.increment()).to.equal(5);
      expect(await remote.incrementOwn(counter)).to.equal(6);
      expect(await remote.incrementOwn(counter, 4)).to.equal(10);
      expect(await counter.value).to.equal(10);
      release(counter);
    }));

  it("are the exposed object itself where that is passed back", () =>
    withPair(new Target(), async ({ remote }) => {
      expect(await remote.callSquare(remote, 3)).to.deep.equal({ result: 9 });
    }));

  it("are passed on to a third party, which calls them through the middle", () =>
    withPair({ makeCounter: () => new Counter(10) }, (alice) =>
      withPair(new Target(), async (bob) => {
        const counter = await alice.remote.makeCounter();
        expect(await bob.remote.incrementCounter(counter, 3)).to.equal(13);
        release(counter);
      }),
    ));

  it("are forwarded by a middle in both directions, awaited, pipelined and as promises", () =>
    withPair(
      new Target(),
      async (alice) => {
        const middle = {
          makeCounter: async (start: number) => await alice.remote.makeCounter(start),
          promiseCounter: (start: number) => alice.remote.makeCounter(start),
          incrementCounter: (counter: Counter, by: number) =>
            thenRelease(counter, async (one) => alice.remote.incrementCounter(one, by)),
        };
        await withPair(middle, async (bob) => {
          const awaited = (await bob.remote.makeCounter(4)) as unknown as Remote<Counter>;
          expect(await awaited.increment(2)).to.equal(6);
          const promised = (await bob.remote.promiseCounter(4)) as unknown as Remote<Counter>;
          expect(await promised.increment(2)).to.equal(6);
          release([awaited, promised]);
          const mine = new Counter(10);
          expect(await bob.remote.incrementCounter(mine, 3)).to.equal(13);
          expect(mine.increment()).to.equal(14);
        });
      },
      { collects: true },
    )); // the middle returned what it got, and holds it no longer
});

describe("capnweb: pipelines", () => {
  leavesNothing();

  it("take a promise as an argument", () =>
    withPair(new Target(), async ({ remote, near }) => {
      const sent = near.stats().chunksSent;
      expect(await remote.square(remote.square(2))).to.equal(16);
      expect(near.stats().chunksSent - sent).to.equal(1);
    }));

  it("call what a promise will be", () =>
    withPair(new Target(), async ({ remote, far }) => {
      const counter = remote.makeCounter(4);
      expect(await Promise.all([counter.increment(), counter.increment(4)])).to.deep.equal([5, 9]);
      expect(far.stats().exports, "nobody asked for the counter").to.equal(0);
    }));

  // capnweb hands on the error as it is. Here the message says which step failed, and the cause is the error itself.
  it("reject with what the step that they depend on failed with", () => {
    const api = {
      fail: (): Target => {
        throw Object.assign(new RangeError("broken"), { code: "E_BROKEN" });
      },
      double: (n: number) => n * 2,
    };
    return withPair(api, async ({ remote }) => {
      const failed = remote.fail();
      const dependent = [failed.square(5), remote.double(failed as unknown as number)];
      for (const error of await Promise.all(dependent.map((promise) => rejection(promise)))) {
        expect(error).to.be.instanceOf(RangeError);
        expect(error).to.include({ message: "fail() failed: broken", code: "E_BROKEN" });
        expect(error.cause).to.be.instanceOf(RangeError).with.property("message", "broken");
      }
      expect(await remote.double(2)).to.equal(4);
    });
  });
});

describe("capnweb: map", () => {
  leavesNothing();

  it("runs for every item over there, and gives references and values back", () =>
    withPair(new Target(), async ({ near, remote }) => {
      const total = await remote.makeCounter(0);
      const before = near.stats().chunksSent;
      const made = (await near.chunk((target) =>
        target.fibonacci(6).map((start) => {
          const counter = target.makeCounter(start);
          const value = counter.increment(3);
          target.incrementOwn(total);
          return { counter, value };
        }),
      )) as { counter: Remote<Counter>; value: number }[];
      expect(near.stats().chunksSent - before, "messages").to.equal(1);
      expect(made.map(({ value }) => value)).to.deep.equal([3, 4, 4, 5, 6, 8]);
      expect(await Promise.all(made.map(({ counter }) => counter.value))).to.deep.equal([3, 4, 4, 5, 6, 8]);
      expect(await total.value).to.equal(6);
      release(made);
      release(total);
    }));

  it("maps inside of maps", () =>
    withPair(new Target(), async ({ near }) => {
      const fibonacci = (length: number): number[] => new Target().fibonacci(length);
      const rows = await near.chunk((target) =>
        target.fibonacci(7).map((i) => target.fibonacci(i).map((j) => target.fibonacci(j))),
      );
      expect(rows).to.deep.equal(fibonacci(7).map((i) => fibonacci(i).map((j) => fibonacci(j))));
      expect(near.stats().chunksSent).to.equal(1);
    }));
});

describe("capnweb: disposal", () => {
  leavesNothing();

  /** Counts how often it was finalized. */
  class Finalized {
    static count = 0;
    value = 42;
    getValue(): number {
      return this.value;
    }
    [finalizer](): void {
      Finalized.count++;
    }
  }
  beforeEach(() => (Finalized.count = 0));

  it("tells an object when the last reference to it was released", () =>
    withPair({ make: () => new Finalized() }, async ({ remote }) => {
      const made = await remote.make();
      expect(await made.getValue()).to.equal(42);
      expect(Finalized.count).to.equal(0);
      made[DISPOSE]();
      await until("it is told", () => Finalized.count === 1);
    }));

  // capnweb disposes once for every appearance. Here one object has one remote, which is released once.
  it("tells it once, however often it appears in a result", () =>
    withPair({ make: () => Array<Finalized>(3).fill(new Finalized()) }, async ({ remote }) => {
      const made = await remote.make();
      expect(new Set(made).size).to.equal(1);
      expect(await made[2]!.getValue()).to.equal(42);
      release(made);
      await until("it is told", () => Finalized.count > 0);
      await settled();
      expect(Finalized.count).to.equal(1);
    }));

  it("tells an argument when the callee has released it", () =>
    withPair({ use: (one: Finalized) => thenRelease(one, (it) => it.getValue()) }, async ({ remote }) => {
      expect(await remote.use(new Finalized())).to.equal(42);
      await until("it is told", () => Finalized.count === 1);
    }));

  // capnweb owns what it was given, and disposes it. Here an object belongs to who made it.
  it("calls no [Symbol.dispose] of an object that is lent", () => {
    let disposed = 0;
    class Disposable {
      getValue(): number {
        return 42;
      }
      [DISPOSE](): void {
        disposed++;
      }
    }
    return withPair({ make: () => new Disposable() }, async ({ remote, far }) => {
      const made = await remote.make();
      made[DISPOSE]();
      await until("it is forgotten", () => far.stats().exports === 0);
      expect(disposed).to.equal(0);
    });
  });

  it("may be done twice, and the second time means nothing to a reference that came later", () => {
    const only = new Finalized();
    return withPair({ get: () => only }, async ({ remote, far }) => {
      const first = await remote.get();
      first[DISPOSE]();
      first[DISPOSE]();
      const second = await remote.get();
      first[DISPOSE]();
      await settled();
      expect(await second.getValue()).to.equal(42);
      expect(far.stats().exports).to.equal(1);
      second[DISPOSE]();
    });
  });

  it("lets a call that was made before have its result", () =>
    withPair({ make: () => new Counter(1) }, async ({ remote }) => {
      const counter = await remote.make();
      const result = counter.increment(2);
      counter[DISPOSE]();
      expect(await result).to.equal(3);
      expect(await rejection(counter.increment())).to.include({ name: "InvalidStateError", code: "released" });
    }));

  it("names what was disposed to who uses it later", () =>
    withPair({ makeCounter: () => new Counter(1) }, async ({ remote }) => {
      const counter = await remote.makeCounter();
      release(counter);
      expect((await rejection(counter.increment())).message).to.match(/Counter|makeCounter/);
    }));

  it("of a promise before it has settled drops what it will be", () => {
    let isCollected = (): boolean => false;
    const api = {
      make: async () => {
        await settled(10);
        const counter = new Counter();
        isCollected = collectionOf(counter);
        return counter;
      },
    };
    return withPair(api, async ({ remote }) => {
      const promised = remote.make();
      await settled(0);
      promised[DISPOSE]();
      await collectUntil("it is gone", () => isCollected());
    });
  });
});

describe("capnweb: broken sessions", () => {
  leavesNothing();

  it("reject the calls under way and later ones, on every reference, and tell what they lent", () => {
    let finalized = 0;
    class Lent extends Counter {
      [finalizer](): void {
        finalized++;
      }
    }
    const api = { make: () => new Lent(1), hang: () => new Promise<number>(() => {}) };
    return withPair(
      api,
      async ({ remote, near, far }) => {
        const counter = await remote.make();
        const hanging = rejection(remote.hang());
        const reason = new Error("test disconnect");
        near.close(reason);
        expect(await hanging).to.equal(reason);
        expect(await rejection(counter.increment())).to.equal(reason);
        expect(await rejection(remote.make())).to.equal(reason);
        far.close(reason);
        await until("what was lent is told", () => finalized === 1);
      },
      { closes: true },
    );
  });

  it("tell their end and its reason to whoever asks, also afterwards", () =>
    withPair(
      new Target(),
      async ({ near }) => {
        let told: unknown;
        void near.closed.then((reason) => (told = reason));
        await settled(0);
        expect(told).to.equal(undefined);
        const reason = new Error("test disconnect");
        near.close(reason);
        near.close(new Error("too late"));
        expect(await near.closed).to.equal(reason);
        expect(told).to.equal(reason);
      },
      { closes: true },
    ));
});
