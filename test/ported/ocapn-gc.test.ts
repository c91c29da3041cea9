import { expect } from "chai";
import { release } from "leasehold/remoting";
import { leavesNothing } from "../support/baseline.js";
import { collectUntil } from "../support/collect.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { collectionOf, collectOften, countMessages, settled, thenRelease, withPair, type Pair } from "./support.js";

class Thing {
  value = 42;
  getValue(): number {
    return this.value;
  }
  echo<T>(value: T): T {
    return value;
  }
}

/** Keeps whatever it is given until it is told to let go. */
class Keeper {
  readonly kept: Thing[] = [];
  keep(...things: Thing[]): number {
    return this.kept.push(...things);
  }
  /** Keeps what it is given, and gives it back. */
  echo(thing: Thing): Thing {
    this.kept.push(thing);
    return thing;
  }
  letGo(): void {
    release(this.kept.splice(0));
  }
}

/** Counts of one reference that one side exports and the other imports. */
const counts = ({ near, far }: Pair<object>): number[] => [
  near.stats().exports,
  far.stats().imports,
  far.stats().exports,
  near.stats().imports,
];

const keeping = (body: (pair: Pair<Keeper>, keeper: Keeper) => Promise<void>): Promise<void> => {
  const keeper = new Keeper();
  return withPair(keeper, (pair) => body(pair, keeper));
};

describe("OCapN: counts of references", () => {
  leavesNothing();

  it("counts an object that was sent on both sides, as one", () =>
    withPair({ make: () => new Thing() }, async (pair) => {
      const thing = await pair.remote.make();
      expect(counts(pair)).to.deep.equal([0, 0, 1, 1]);
      release(thing);
    }));

  it("gives an object that comes home as itself, however often it went", () =>
    keeping(async (pair) => {
      const { remote } = pair;
      const mine = new Thing();
      for (let i = 0; i < 3; i++) expect(await remote.echo(mine)).to.equal(mine);
      const both = await Promise.all([remote.echo(mine), remote.echo(mine)]);
      expect(both).to.deep.equal([mine, mine]);
      expect(counts(pair)).to.deep.equal([1, 1, 0, 0]);
      await remote.letGo();
    }));

  it("counts nothing more when a reference goes home", () =>
    withPair({ make: () => new Thing(), same: (one: Thing, other: Thing) => one === other }, async (pair) => {
      const thing = await pair.remote.make();
      expect(await pair.remote.same(thing, thing)).to.equal(true);
      expect(counts(pair)).to.deep.equal([0, 0, 1, 1]);
      release(thing);
    }));

  it("has the receiver see one remote for one object, in one message and in several", () =>
    keeping(async ({ remote }, keeper) => {
      const mine = new Thing();
      await remote.keep(mine, mine);
      await remote.keep(mine);
      expect(new Set(keeper.kept).size).to.equal(1);
      await remote.letGo();
    }));
});

describe("OCapN: dropping what was exported", () => {
  leavesNothing();

  it("forgets an object when the other side lets go of it", () =>
    keeping(async (pair) => {
      await pair.remote.keep(new Thing());
      expect(counts(pair)).to.deep.equal([1, 1, 0, 0]);
      await pair.remote.letGo();
      await until("it is forgotten", () => pair.near.stats().exports === 0);
    }));

  it("drops by one release all the times that it came in one message", () =>
    keeping(async (pair) => {
      const mine = new Thing();
      expect(await pair.remote.keep(mine, mine, mine, mine)).to.equal(4);
      await pair.remote.letGo();
      await until("it is forgotten", () => pair.near.stats().exports === 0);
    }));

  it("drops by one release all the times that it came in several messages", () =>
    keeping(async (pair) => {
      const mine = new Thing();
      for (let i = 0; i < 4; i++) await pair.remote.keep(mine);
      await pair.remote.letGo();
      await until("it is forgotten", () => pair.near.stats().exports === 0);
    }));

  it("keeps an object that is sent again while its release is on the way", () =>
    keeping(async (pair, keeper) => {
      const mine = new Thing();
      for (let i = 0; i < 5; i++) await pair.remote.keep(mine);
      // Both happen in one turn: each side's message is under way when the other sends its own.
      keeper.letGo();
      const again = pair.remote.keep(mine);
      expect(await again).to.equal(1);
      await settled();
      expect(counts(pair)).to.deep.equal([1, 1, 0, 0]);
      expect(await keeper.kept[0]!.getValue()).to.equal(42);
      await pair.remote.letGo();
    }));

  it("exports an object anew after it was dropped, and calls reach it", () =>
    keeping(async (pair, keeper) => {
      const mine = new Thing();
      await pair.remote.keep(mine);
      const first = keeper.kept[0]!;
      await pair.remote.letGo();
      await until("it is forgotten", () => pair.near.stats().exports === 0);
      await pair.remote.keep(mine);
      const second = keeper.kept[0]!;
      expect(second).not.to.equal(first);
      expect(await second.getValue()).to.equal(42);
      const error = await rejection(first.getValue() as unknown as Promise<number>);
      expect(error).to.include({ name: "InvalidStateError", code: "released" });
      await pair.remote.letGo();
    }));
});

describe("OCapN: collection of what was imported", () => {
  leavesNothing();

  it("drops an object whose remote was collected", () =>
    withPair({ make: () => new Thing() }, async (pair) => {
      await (async () => {
        const thing = await pair.remote.make();
        expect(await thing.getValue()).to.equal(42);
      })();
      await collectUntil("it is forgotten", () => pair.far.stats().exports === 0);
    }));

  it("drops an argument that the callee did not keep", () =>
    withPair(
      { receive: (...things: Thing[]) => things.length },
      async ({ remote }) => {
        const mine = new Thing();
        expect(await remote.receive(mine)).to.equal(1);
        expect(await remote.receive(mine, mine)).to.equal(2);
      },
      { collects: true },
    ));

  it("drops an object that came several times, all at once", () =>
    withPair(
      new Thing(),
      async (pair) => {
        const shared = new Thing();
        const { near, far } = pair;
        await (async () => {
          for (let i = 0; i < 4; i++) expect(await pair.remote.echo(shared)).to.equal(shared);
        })();
        await collectUntil("it is forgotten", () => near.stats().exports === 0 && far.stats().imports === 0);
      },
      { collects: true },
    ));
});

describe("OCapN: answers that nobody fetched", () => {
  leavesNothing();

  /** Makes things and knows, without keeping them, whether they are still there. */
  class Factory {
    readonly made: (() => boolean)[] = [];
    make(): Thing {
      const thing = new Thing();
      this.made.push(collectionOf(thing));
      return thing;
    }
    callBack(make: () => Thing): Promise<void> {
      return thenRelease(make, async (call) => void call());
    }
  }
  const isGone = (factory: Factory) => () =>
    factory.made.length > 0 && factory.made.every((isCollected) => isCollected());

  it("keeps an answer while its promise lives", () => {
    const factory = new Factory();
    return withPair(factory, async ({ remote, far }) => {
      const promised = remote.make();
      await until("it was made", () => factory.made.length);
      await collectOften();
      expect(far.stats().exports).to.equal(0);
      expect(await promised.getValue()).to.equal(42);
    });
  });

  it("drops it when its promise is released", () => {
    const factory = new Factory();
    return withPair(factory, async ({ remote }) => {
      const promised = remote.make();
      await until("it was made", () => factory.made.length);
      release(promised);
      await collectUntil("the answer is gone", isGone(factory));
      expect(await rejection(promised)).to.include({ name: "InvalidStateError", code: "released" });
    });
  });

  it("drops it when its promise is collected", () => {
    const factory = new Factory();
    return withPair(factory, async ({ remote }) => {
      void remote.make();
      await collectUntil("the answer is gone", isGone(factory));
    });
  });

  it("drops one that was used for a further call, once that is answered and both promises are collected", () => {
    const factory = new Factory();
    return withPair(factory, async ({ remote }) => {
      expect(await remote.make().getValue()).to.equal(42);
      await collectUntil("the answer is gone", isGone(factory));
    });
  });

  it("drops the answer to a call back that nobody waited for", () => {
    const factory = new Factory();
    return withPair(factory, async ({ remote }) => {
      await remote.callBack(() => factory.make());
      await collectUntil("the answer is gone", isGone(factory));
    });
  });
});

describe("OCapN: pipelines", () => {
  leavesNothing();

  const provider = {
    fetch: (name: string) => ({ name, record: () => ({ items: ["a", "b", "c"], meta: { count: 3 } }) }),
    multiply: (a: number, b: number) => a * b,
    later: async () => {
      await settled(1);
      return 42;
    },
    awaitAndDouble: async (value: number) => value * 2,
  };

  it("sends a call on a result with the call, and is answered once", () =>
    withPair(provider, async ({ remote }) => {
      const sent = await countMessages(async () => expect(await remote.fetch("x").name).to.equal("x"));
      expect(sent).to.equal(2);
    }));

  it("reads fields and indexes of a result, as deep as one likes, in the same message", () =>
    withPair(provider, async ({ remote }) => {
      const sent = await countMessages(async () => {
        const record = remote.fetch("x").record();
        expect(await Promise.all([record.items[1], record.meta.count])).to.deep.equal(["b", 3]);
      });
      expect(sent).to.equal(2);
    }));

  it("takes a result as an argument without fetching it", () =>
    withPair(provider, async ({ remote }) => {
      const sent = await countMessages(async () => {
        const product = remote.multiply(7, 6);
        expect(await remote.multiply(product, product)).to.equal(1764);
      });
      expect(sent).to.equal(2);
    }));

  it("lets a call that takes a result wait over there until it has settled", () =>
    withPair(provider, async ({ remote, near }) => {
      const { chunksSent } = near.stats();
      expect(await remote.awaitAndDouble(remote.later())).to.equal(84);
      expect(near.stats().chunksSent - chunksSent).to.equal(1);
    }));

  it("forwards what is pipelined on a reference of a third party", () =>
    withPair(
      { counter: { increment: (n: number) => n + 1, double: (n: number) => n * 2 } },
      (third) =>
        withPair({ counter: () => third.remote.counter }, async ({ remote }) => {
          const counter = remote.counter();
          expect(await Promise.all([counter.increment(5), counter.double(10)])).to.deep.equal([6, 20]);
        }),
      { collects: true }, // nobody was handed the counter, so that nobody can release it
    ));
});
