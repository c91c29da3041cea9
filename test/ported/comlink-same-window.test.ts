import { expect } from "chai";
import {
  createEndpoint,
  expose,
  finalizer,
  proxy,
  release,
  releaseProxy,
  transfer,
  transferHandlers,
  wrap,
  type Remote,
} from "leasehold/remoting";
import { leavesNothing } from "../support/baseline.js";
import { collectUntil } from "../support/collect.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { settled, thenRelease, withWrapped } from "./support.js";

class Sample {
  static get SOME_NUMBER(): number {
    return 4;
  }
  static ADD(a: number, b: number): number {
    return a + b;
  }
  _counter: number;
  _promise = Promise.resolve(4);
  constructor(start = 1) {
    this._counter = start;
  }
  get counter(): number {
    return this._counter;
  }
  set counter(value: number) {
    this._counter = value;
  }
  get promise(): Promise<number> {
    return this._promise;
  }
  method(): number {
    return 4;
  }
  increase(by = 1): void {
    this._counter += by;
  }
  later(): Promise<number> {
    return settled(30).then(() => 4);
  }
  marked(): Tally {
    return tally();
  }
  fail(): number {
    throw new Error("OMG");
  }
}

interface Tally {
  counter: number;
  inc(): void;
}
const tally = (): Tally =>
  proxy({
    counter: 0,
    inc() {
      this.counter++;
    },
  });

/** Assigns to a member of a remote, which its type does not offer. */
const set = (remote: object, members: object): void => void Object.assign(remote, members);

/** An instance of the exposed class. */
const withSample = (body: (instance: Remote<Sample>) => unknown, ...args: number[]): Promise<void> =>
  withWrapped(Sample, async (Class) => {
    const instance = await new Class(...args);
    await body(instance);
    release(instance);
  });

describe("Comlink in one window: what is exposed", () => {
  leavesNothing();

  it("may be an object with a value, one that is undefined too", () =>
    withWrapped({ value: 4, nothing: undefined }, async (remote) => {
      expect(await remote.value).to.equal(4);
      expect(await remote.nothing).to.equal(undefined);
    }));

  it("may be an object with a function", () =>
    withWrapped({ f: (_ignored?: unknown) => 4 }, async (remote) => {
      expect(await remote.f()).to.equal(4);
      expect(await remote.f(undefined)).to.equal(4);
    }));

  it("may be a function, with parameters or asynchronous", async () => {
    await withWrapped(
      () => 4,
      async (remote) => expect(await remote()).to.equal(4),
    );
    await withWrapped(
      (a: number, b: number) => a + b,
      async (remote) => expect(await remote(1, 3)).to.equal(4),
    );
    await withWrapped(
      () => settled().then(() => 4),
      async (remote) => expect(await remote()).to.equal(4),
    );
  });

  it("may be destructured", () => {
    const value = {
      a: 4,
      get b() {
        return 5;
      },
      c: () => 6,
    };
    return withWrapped(value, async ({ a, b, c }) => {
      expect(await Promise.all([a, b, c()])).to.deep.equal([4, 5, 6]);
    });
  });

  it("may be wrapped with a target of one's own", async () => {
    const { port1, port2 } = new MessageChannel();
    expose({ value: 4 }, port2);
    const remote = wrap<{ value: number }>(port1, { value: {} });
    expect(await remote.value).to.equal(4);
    remote[releaseProxy]();
  });

  it("may be on a BroadcastChannel", async () => {
    const [near, far] = [new BroadcastChannel("leasehold"), new BroadcastChannel("leasehold")];
    expose((b: number) => 40 + b, far);
    const remote = wrap<(b: number) => number>(near);
    expect(await remote(2)).to.equal(42);
    remote[releaseProxy]();
    await settled();
    near.close();
    far.close();
  });
});

describe("Comlink in one window: failures", () => {
  leavesNothing();

  it("have the message and the stack of what was thrown", () => {
    let stack: string | undefined;
    const fail = (): never => {
      const error = new Error("OMG");
      stack = error.stack;
      throw error;
    };
    return withWrapped(fail, async (remote) => {
      const error = await rejection(remote() as PromiseLike<unknown>);
      expect(error).to.be.instanceOf(Error).with.property("message", "OMG");
      expect(error.stack).to.equal(stack);
    });
  });

  it("come from asynchronous functions and from methods too", async () => {
    const api = {
      async fail() {
        throw new Error("should have thrown");
      },
    };
    await withWrapped(api, async (remote) => {
      expect((await rejection(remote.fail())).message).to.equal("should have thrown");
    });
    await withSample(async (instance) => expect((await rejection(instance.fail())).message).to.equal("OMG"));
  });

  for (const thrown of [{ test: true }, "oops", 0, null, undefined]) {
    it(`may be ${JSON.stringify(thrown)}, which is no error`, () =>
      withWrapped(
        () => {
          throw thrown;
        },
        async (remote) => {
          expect(await rejection((remote as unknown as () => Promise<unknown>)())).to.deep.equal(thrown);
        },
      ));
  }

  // Comlink says only that something was not serializable, and refuses functions, which cross here.
  it("say what could not be sent", () =>
    withWrapped({ value: () => "boom", bad: [new WeakMap()] }, async (remote) => {
      const value = await remote.value;
      expect(await value()).to.equal("boom");
      release(value);
      const error = await rejection(remote.bad);
      expect(error).to.include({ name: "DataError", code: "not-cloneable" });
      expect(error.message).to.match(/bad\[0\].*WeakMap/);
    }));
});

describe("Comlink in one window: classes", () => {
  leavesNothing();

  it("are constructed, with parameters and as a member too", async () => {
    await withSample(async (instance) => expect(await instance.method()).to.equal(4));
    await withSample(async (instance) => expect(await instance.counter).to.equal(23), 23);
    await withWrapped({ Sample }, async (remote) => {
      const instance = await new remote.Sample();
      expect(await instance.method()).to.equal(4);
      release(instance);
    });
  });

  it("have static properties and methods", () =>
    withWrapped(Sample, async (Class) => {
      expect(await Class.SOME_NUMBER).to.equal(4);
      expect(await Class.ADD(1, 3)).to.equal(4);
    }));

  it("have instances whose properties are read and set, with getters and setters too", () =>
    withSample(async (instance) => {
      expect(await instance._counter).to.equal(1);
      set(instance, { _counter: 4 });
      expect(await instance.counter).to.equal(4);
      set(instance, { counter: 5 });
      expect(await instance._counter).to.equal(5);
    }));

  it("have instances whose methods change them", () =>
    withSample(async (instance) => {
      expect(await instance.counter).to.equal(1);
      await instance.increase();
      await instance.increase(5);
      expect(await instance.counter).to.equal(7);
    }));

  it("have methods, properties and getters that give promises", () =>
    withSample(async (instance) => {
      expect(await Promise.all([instance.later(), instance._promise, instance.promise])).to.deep.equal([4, 4, 4]);
    }));

  it("have methods that can be bound, to whatever it is", () =>
    withSample(async (instance) => {
      const { increase } = instance as unknown as { increase: (by?: number) => Promise<void> };
      const bound = increase.bind(instance);
      await bound();
      await bound(2);
      expect(await instance.counter).to.equal(4);
    }));
});

describe("Comlink in one window: copies and transfers", () => {
  leavesNothing();

  it("transfers a buffer that is marked", () =>
    withWrapped(
      (buffer: ArrayBuffer) => buffer.byteLength,
      async (remote) => {
        const { buffer } = Uint8Array.of(1, 2, 3);
        expect(await remote(transfer(buffer, [buffer]))).to.equal(3);
        expect(buffer.byteLength).to.equal(0);
      },
    ));

  it("transfers one that is deep inside of what is marked", () =>
    withWrapped(
      (value: { b: { c: { d: ArrayBuffer } } }) => value.b.c.d.byteLength,
      async (remote) => {
        const { buffer } = Uint8Array.of(1, 2, 3);
        expect(await remote(transfer({ b: { c: { d: buffer } } }, [buffer]))).to.equal(3);
        expect(buffer.byteLength).to.equal(0);
      },
    ));

  it("transfers a port", () =>
    withWrapped(
      (port: MessagePort) => port.postMessage("ohai"),
      async (remote) => {
        const { port1, port2 } = new MessageChannel();
        const received = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
        await remote(transfer(port2, [port2]));
        expect(await received).to.equal("ohai");
        port1.close();
      },
    ));

  it("copies typed arrays, also those inside of something", () =>
    withWrapped(
      <T>(value: T) => value,
      async (remote) => {
        const echo = remote as unknown as <T>(value: T) => Promise<T>;
        const array = Uint8Array.of(1, 2, 3);
        const copy = await echo(array);
        expect(copy).to.deep.equal(array);
        expect(copy).not.to.equal(array);
        expect((await echo({ v: 1, array })).array).to.deep.equal(array);
        expect(array.byteLength).to.equal(3);
      },
    ));

  it("copies unmarked instances as structured clone does", () =>
    withWrapped(
      {
        sample: new Date(5),
        plain: new (class Point {
          x = 1;
        })(),
      },
      async (remote) => {
        expect(await remote.sample).to.deep.equal(new Date(5));
        expect(await remote.plain).to.deep.equal({ x: 1 });
      },
    ));
});

describe("Comlink in one window: proxies", () => {
  leavesNothing();

  it("are results that are marked, of functions and of methods", async () => {
    const use = async (remote: Remote<Tally>): Promise<void> => {
      expect(await remote.counter).to.equal(0);
      await remote.inc();
      expect(await remote.counter).to.equal(1);
      release(remote);
    };
    await withWrapped(tally, async (remote) => use(await remote()));
    await withSample(async (instance) => use(await instance.marked()));
  });

  it("are arguments that are marked", () =>
    withWrapped(
      (given: Tally) => thenRelease(given, (one) => one.inc()),
      async (remote) => {
        const local = tally();
        expect(local.counter).to.equal(0);
        await remote(local);
        expect(local.counter).to.equal(1);
      },
    ));

  it("are functions as arguments, one and several", async () => {
    const called = Promise.withResolvers<void>();
    await withWrapped(
      (f: () => void) => thenRelease(f, (call) => call()),
      async (remote) => {
        await remote(proxy(() => called.resolve()));
        await called.promise;
      },
    );
    type Give = () => Promise<number> | number;
    await withWrapped(
      (...fs: Give[]) => thenRelease(fs, async ([a, b, c]) => (await a!()) + (await b!()) + (await c!())),
      async (remote) =>
        expect(
          await remote(
            proxy(() => 1),
            proxy(() => 2),
            () => 3,
          ),
        ).to.equal(6),
    );
  });

  it("are assigned", async () => {
    const ready = Promise.withResolvers<void>();
    const api = {
      onready: undefined as (() => void) | undefined,
      call() {
        api.onready?.();
        release(api.onready);
      },
    };
    await withWrapped(api, async (remote) => {
      set(remote, { onready: proxy(() => ready.resolve()) });
      await remote.call();
      await ready.promise;
    });
  });

  it("keep what is marked inside of something apart from the copy around it", () =>
    withWrapped({ a: { v: 4 }, b: proxy({ v: 5 }) }, async (remote) => {
      const a = (await remote.a) as { v: number };
      const b = (await remote.b) as unknown as Remote<{ v: number }>;
      expect(a.v).to.equal(4);
      expect(await b.v).to.equal(5);
      a.v = 8;
      set(b, { v: 9 });
      expect(await remote.a.v).to.equal(4);
      expect(await remote.b.v).to.equal(9);
      release(b);
    }));
});

describe("Comlink in one window: endpoints, handlers and ends", () => {
  leavesNothing();
  afterEach(() => transferHandlers.delete("event"));

  it("lets one write handlers for what cannot be cloned", async () => {
    transferHandlers.set("event", {
      canHandle: (value: unknown): value is MessageEvent => value instanceof Event,
      serialize: (event: unknown) => [(event as MessageEvent).data as unknown, []],
      deserialize: (data: unknown) => new MessageEvent("message", { data }),
    });
    const heard = Promise.withResolvers<unknown>();
    await withWrapped(
      (event: MessageEvent) => heard.resolve(event),
      async (remote) => {
        const { port1, port2 } = new MessageChannel();
        const listener = remote as unknown as (event: MessageEvent) => void;
        port1.addEventListener("message", listener.bind(undefined));
        port1.start();
        port2.postMessage({ a: 1 });
        const event = await heard.promise;
        expect(event).to.be.instanceOf(MessageEvent);
        expect((event as MessageEvent).data).to.deep.equal({ a: 1 });
        port1.close();
      },
    );
  });

  it("gives a further endpoint to the same object", () =>
    withWrapped({ a: 4, c: () => 5 }, async (remote) => {
      const port = await remote[createEndpoint]();
      const other = wrap<{ a: number; c(): number }>(port);
      expect(await Promise.all([other.a, remote.a, other.c(), remote.c()])).to.deep.equal([4, 4, 5, 5]);
      other[releaseProxy]();
      await settled();
      expect(await remote.a, "the first goes on").to.equal(4);
    }));

  // Comlink throws from the member's name already.
  it("rejects what is called on a released proxy", () =>
    withWrapped(Sample, async (Class) => {
      const instance = await new Class();
      instance[releaseProxy]();
      expect(await rejection(instance.method())).to.include({ name: "InvalidStateError", code: "released" });
      expect(await Class.ADD(1, 3), "the class is still there").to.equal(4);
    }));

  it("tells what was exposed that its proxy was released", async () => {
    let finalized = 0;
    const { port1, port2 } = new MessageChannel();
    expose({ a: "thing", [finalizer]: () => finalized++ }, port2);
    const remote = wrap<{ a: string }>(port1);
    expect(await remote.a).to.equal("thing");
    remote[releaseProxy]();
    await until("it is told", () => finalized > 0);
    await settled();
    expect(finalized).to.equal(1);
    port1.close();
    port2.close();
  });

  it("tells what was exposed that its proxy was collected", async () => {
    let finalized = 0;
    const { port1, port2 } = new MessageChannel();
    expose({ a: "thing", [finalizer]: () => finalized++ }, port2);
    await (async () => expect(await wrap<{ a: string }>(port1).a).to.equal("thing"))();
    await collectUntil("it is told", () => finalized === 1);
    port1.close();
    port2.close();
  });
});
