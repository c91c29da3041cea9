import { expect } from "chai";
import { proxy, release } from "leasehold/remoting";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { settled, thenRelease, withPair, withWrapped, type Pair } from "./support.js";

type Callback = (value: string) => unknown;

/** Keeps the functions it is given. */
class Registry {
  readonly kept: Callback[] = [];
  register(callback: Callback): number {
    return this.kept.push(callback);
  }
}

const registering = (body: (pair: Pair<Registry>, kept: Callback[]) => Promise<void>): Promise<void> => {
  const registry = new Registry();
  return withPair(registry, async (pair) => {
    await body(pair, registry.kept);
    release(registry.kept);
  });
};

describe("kkrpc: the life of a callback", () => {
  leavesNothing();

  it("makes one reference of a function that is passed often, and one more of each other one", () =>
    registering(async ({ remote, near }) => {
      const callback = (): void => {};
      for (let i = 0; i < 50; i++) await remote.register(callback);
      expect(near.stats().exports).to.equal(1);
      await remote.register(() => {});
      await remote.register(() => {});
      expect(near.stats().exports).to.equal(3);
    }));

  it("shows the receiver the same function for the same function", () =>
    registering(async ({ remote }, kept) => {
      const callback = (): void => {};
      await remote.register(callback);
      await remote.register(callback);
      expect(kept[0]).to.be.a("function").and.to.equal(kept[1]);
    }));

  // kkrpc drops a call of a released callback without a word, or throws.
  it("lets nobody call what was released", () =>
    registering(async ({ remote, near }, kept) => {
      let calls = 0;
      await remote.register(() => calls++);
      const [callback] = kept.splice(0);
      release(callback);
      await until("it is forgotten", () => near.stats().exports === 0);
      const error = await rejection(callback!("late") as Promise<unknown>);
      expect(error).to.include({ name: "InvalidStateError", code: "released" });
      expect(calls).to.equal(0);
    }));

  it("takes a released function anew when it is passed again", () =>
    registering(async ({ remote, near }, kept) => {
      const calls: string[] = [];
      const callback = (value: string): number => calls.push(value);
      await remote.register(callback);
      release(kept.splice(0));
      await until("it is forgotten", () => near.stats().exports === 0);
      await remote.register(callback);
      await kept[0]!("again");
      expect(calls).to.deep.equal(["again"]);
    }));

  it("takes a second release, and that of something that is no reference, for nothing", () =>
    registering(async ({ remote, far, near }, kept) => {
      await remote.register(() => {});
      const { chunksSent } = far.stats();
      release(kept[0]);
      release(kept[0]);
      for (const value of [{}, () => {}, null, undefined, 7, "text", new Date(), new Registry()]) release(value);
      await until("it is forgotten", () => near.stats().exports === 0);
      await settled();
      expect(far.stats().chunksSent - chunksSent).to.equal(1);
    }));

  it("sends the releases of one turn as one message", () =>
    registering(async ({ remote, far, near }, kept) => {
      for (let i = 0; i < 3; i++) await remote.register(() => i);
      const { chunksSent } = far.stats();
      for (const callback of kept.splice(0)) release(callback);
      await until("all are forgotten", () => near.stats().exports === 0);
      await settled();
      expect(far.stats().chunksSent - chunksSent).to.equal(1);
    }));

  it("sends a release with the calls of its turn, not apart from them", () =>
    registering(async ({ remote, far, near }, kept) => {
      const calls: string[] = [];
      await remote.register(() => {});
      await remote.register((value: string) => calls.push(value));
      const { chunksSent } = far.stats();
      release(kept.shift());
      await kept[0]!("called");
      expect(calls).to.deep.equal(["called"]);
      expect(near.stats().exports).to.equal(1);
      expect(far.stats().chunksSent - chunksSent).to.equal(1);
    }));

  it("releases in the end what nobody kept", () =>
    withPair(
      { callOnce: async (callback: Callback) => void (await callback("hi")) },
      async ({ remote }) => {
        const heard: string[] = [];
        await remote.callOnce((value: string) => heard.push(value));
        expect(heard).to.deep.equal(["hi"]);
      },
      { collects: true },
    ));
});

describe("kkrpc: references", () => {
  leavesNothing();

  it("leave all names to what is exposed", () =>
    withPair(
      { $ref: { ping: () => "pong" }, id: 1, release: () => "mine", close: () => "mine", stats: "mine", chunk: "mine" },
      async ({ remote }) => {
        expect(await remote.$ref.ping()).to.equal("pong");
        expect(await Promise.all([remote.id, remote.release(), remote.close()])).to.deep.equal([1, "mine", "mine"]);
        expect(await Promise.all([remote.stats, remote.chunk])).to.deep.equal(["mine", "mine"]);
      },
    ));

  it("are not what merely looks like one on the wire", () =>
    withPair({ echo: <T>(value: T) => value }, async ({ remote, far }) => {
      for (const value of [{ __kkrpc_ref__: true, id: "ref-1", kind: "function" }, { slot: 1 }, [0, 1], ["ref", 1]]) {
        expect(await remote.echo(value)).to.deep.equal(value);
      }
      expect(far.stats()).to.include({ exports: 0, imports: 0 });
    }));

  // kkrpc wants each marked by proxy(), and refuses one that is not.
  it("may be functions inside of data, marked or not", () => {
    interface Input {
      hooks: { onProgress: (value: number) => Promise<string> | string };
    }
    const api = { run: ({ hooks }: Input) => thenRelease(hooks, ({ onProgress }) => onProgress(7)) };
    return withPair(api, async ({ remote }) => {
      const onProgress = (value: number): string => `progress: ${value}`;
      expect(await remote.run({ hooks: { onProgress } })).to.equal("progress: 7");
      expect(await remote.run({ hooks: { onProgress: proxy(onProgress) } })).to.equal("progress: 7");
    });
  });

  class Count {
    value = 1;
    add(delta: number): number {
      return (this.value += delta);
    }
  }
  // A function of its own for each test: proxy() marks for good.
  const makeCount = () => {
    const counter = { value: 1, add: (delta: number) => (counter.value += delta) };
    return counter;
  };

  it("of a marked object are read, called and released, and it is not copied", () => {
    const counter = makeCount();
    return withPair({ counter: () => proxy(counter) }, async ({ remote }) => {
      const count = await remote.counter();
      expect(await count.value).to.equal(1);
      expect(await count.add(4)).to.equal(5);
      expect(counter.value).to.equal(5);
      release(count);
      expect(await rejection(count.add(1))).to.include({ name: "InvalidStateError", code: "released" });
    });
  });

  it("of a marked object are set as well where Comlink's names are used", async () => {
    const counter = makeCount();
    await withWrapped({ counter: () => proxy(counter) }, async (remote) => {
      const count = await remote.counter();
      Object.assign(count, { value: 10 });
      await until("it is set", () => counter.value === 10);
      expect(await count.add(1)).to.equal(11);
      release(count);
    });
  });

  // kkrpc refuses a remote of another channel.
  it("of another session are forwarded", () =>
    withPair({ make: () => new Count() }, (owner) =>
      withPair({ use: (count: Count) => thenRelease(count, (one) => one.add(1)) }, async ({ remote }) => {
        const count = await owner.remote.make();
        expect(await remote.use(count)).to.equal(2);
        release(count);
      }),
    ));

  it("are forgotten where sending them failed", () =>
    withPair({ use: (..._values: unknown[]) => "used" }, async ({ remote, near }) => {
      const detached = new ArrayBuffer(8);
      structuredClone(detached, { transfer: [detached] });
      const error = await rejection(remote.use(() => 1, new Count(), detached));
      expect(error).to.include({ name: "DataError", code: "not-cloneable" });
      expect(near.stats()).to.include({ exports: 0, pending: 0 });
      expect(await remote.use(1)).to.equal("used");
    }));

  it("are forgotten where the result that contained them could not be sent", () =>
    withPair({ bad: () => [() => 1, new Count(), Symbol("no")] }, async ({ remote, far }) => {
      expect(await rejection(remote.bad())).to.include({ name: "DataError", code: "not-cloneable" });
      expect(far.stats()).to.include({ exports: 0 });
    }));

  // kkrpc gives up at some depth.
  it("and data cross also when they are nested deeply", () =>
    withPair(
      {
        depth(value: { child?: object }) {
          let depth = 0;
          for (let at: { child?: object } | undefined = value; at?.child; at = at.child) depth++;
          return depth;
        },
      },
      async ({ remote }) => {
        let root: { child?: object } = {};
        for (let i = 0; i < 400; i++) root = { child: root };
        expect(await remote.depth(root)).to.equal(400);
      },
    ));
});

describe("kkrpc: the end of a session", () => {
  leavesNothing();

  const api = {
    hang: () => new Promise<never>(() => {}),
    echo: <T>(value: T) => value,
    async *numbers(count: number) {
      for (let i = 0; i < count; i++) {
        yield i;
        await settled(5);
      }
    },
  };

  it("is told once, with the first reason", () =>
    withPair(
      api,
      async ({ remote, near }) => {
        const pending = rejection(remote.hang());
        await settled(0);
        const reason = new Error("boom");
        const heard: unknown[] = [];
        void near.closed.then((given) => heard.push(given));
        near.close(reason);
        near.close(new Error("again"));
        near.close();
        expect(await pending).to.equal(reason);
        await settled(0);
        expect(heard).to.deep.equal([reason]);
      },
      { closes: true },
    ));

  it("fails later calls at once and sends nothing", () =>
    withPair(
      api,
      async ({ remote, near }) => {
        near.close();
        const { chunksSent } = near.stats();
        expect(await rejection(remote.echo("x"))).to.include({ code: "session-closed" });
        expect(near.stats().chunksSent).to.equal(chunksSent);
      },
      { closes: true },
    ));

  it("ends a loop over what the other side generates", () =>
    withPair(
      api,
      async ({ remote, near }) => {
        const reason = new Error("drop");
        const seen: unknown[] = [];
        const loop = (async () => {
          for await (const number of await remote.numbers(1_000_000)) seen.push(number);
        })();
        const ended = rejection(loop);
        await until("it has begun", () => seen.length > 1);
        near.close(reason);
        expect(await ended).to.equal(reason);
      },
      { closes: true },
    ));
});

describe("kkrpc: calls that are given up", () => {
  leavesNothing();

  const api = {
    aborted: (signal: AbortSignal) =>
      new Promise((resolve) => {
        const tell = (): void => resolve({ reason: signal.reason as unknown });
        if (signal.aborted) tell();
        else signal.addEventListener("abort", tell);
      }),
    obedient: (signal: AbortSignal) =>
      new Promise<string>((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }),
      ),
    never: () => new Promise<number>(() => {}),
  };

  it("hear of a signal that aborts", () =>
    withPair(api, async ({ remote }) => {
      const controller = new AbortController();
      const aborted = remote.aborted(controller.signal).then((value) => value);
      await settled();
      controller.abort("enough");
      expect(await aborted).to.deep.equal({ reason: "enough" });
    }));

  it("reject with the signal's own reason", () =>
    withPair(api, async ({ remote }) => {
      const controller = new AbortController();
      const rejected = rejection(remote.obedient(controller.signal));
      await settled();
      controller.abort();
      expect(await rejected).to.include({ name: "AbortError" });
    }));

  it("see a signal that has aborted before", () =>
    withPair(api, async ({ remote }) => {
      expect(await remote.aborted(AbortSignal.abort("before"))).to.deep.equal({ reason: "before" });
    }));

  it("reject when they take too long", () =>
    withPair(
      api,
      async ({ remote }) => {
        const start = performance.now();
        expect(await rejection(remote.never())).to.include({ name: "TimeoutError", code: "call-late" });
        expect(performance.now() - start).to.be.within(40, 1000);
      },
      { limits: { callTimeout: 50 } },
    ));

  it("have their own error where a callback throws", () =>
    withPair({ run: (callback: () => unknown) => thenRelease(callback, (call) => call()) }, async ({ remote }) => {
      const error = await rejection(
        remote.run(() => {
          throw new RangeError("callback boom");
        }),
      );
      expect(error).to.be.instanceOf(RangeError).with.property("message", "callback boom");
    }));
});
