import { expect } from "chai";
import {
  connect,
  expose,
  finalizer,
  proxy,
  release,
  releaseProxy,
  transferHandlers,
  wrap,
  type Remote,
} from "leasehold/remoting";
import { leavesNothing } from "../support/baseline.js";
import { collectUntil } from "../support/collect.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { collectionOf, collectOften, settled, thenRelease, withPair, withWrapped } from "./support.js";

class Thing {
  constructor(readonly id = 1) {}
  getId(): number {
    return this.id;
  }
}

/** A wrapped remote and the two ends that it lives on, closed afterwards. */
async function withPorts(body: (near: MessagePort, far: MessagePort) => unknown): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  try {
    await body(port1, port2);
  } finally {
    port1.close();
    port2.close();
  }
}

describe("Comlink's issues: collected too early", () => {
  leavesNothing();

  it("#692: answers a call whose remote is collected meanwhile", () =>
    withPorts(async (near, far) => {
      const { promise, resolve } = Promise.withResolvers<string>();
      expose({ slow: () => promise }, far);
      const answer = wrap<{ slow(): Promise<string> }>(near)
        .slow()
        .then((value) => value);
      await collectOften();
      resolve("there");
      await collectOften();
      expect(await answer).to.equal("there");
    }));

  it("#692: answers a call on a reference that is collected meanwhile", () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    class Slow {
      wait(): Promise<string> {
        return promise;
      }
    }
    return withPair(
      { make: () => new Slow() },
      async ({ remote }) => {
        const answer = (async () => (await remote.make()).wait())();
        await settled();
        await collectOften();
        resolve("there");
        expect(await answer).to.equal("there");
      },
      { collects: true },
    );
  });

  it("#626: goes on serving an endpoint on which a remote was wrapped and collected", () =>
    withPorts(async (near, far) => {
      expose({ ping: () => "near" }, near);
      expose({ ping: () => "far" }, far);
      await (async () => expect(await wrap<{ ping(): string }>(near).ping()).to.equal("far"))();
      const remote = wrap<{ ping(): string }>(far);
      await collectOften();
      expect(await remote.ping()).to.equal("near");
      await (async () => expect(await wrap<{ ping(): string }>(near).ping()).to.equal("far"))();
      remote[releaseProxy]();
    }));

  it("#667: keeps a session alive for one member of its remote", () =>
    withPorts(async (near, far) => {
      const { add } = (() => {
        connect(far, { expose: { add: (a: number, b: number) => a + b } });
        return connect<{ add(a: number, b: number): number }>(near).remote;
      })();
      await collectOften();
      expect(await add(1, 2)).to.equal(3);
    }));

  it("#667: keeps a wrapped endpoint alive for one member of its remote", () =>
    withPorts(async (near, far) => {
      expose({ add: (a: number, b: number) => a + b }, far);
      const { add } = wrap<{ add(a: number, b: number): number }>(near);
      await collectOften();
      expect(await add(1, 2)).to.equal(3);
      await settled();
      await collectOften();
      expect(await add(3, 4)).to.equal(7);
    }));
});

describe("Comlink's issues: kept too long", () => {
  leavesNothing();

  it("#63: calls what a call returned, and forgets thousands of them once they are collected", () => {
    const app = { make: (id: number) => new Thing(id) };
    return withPair(
      app,
      async ({ remote, far }) => {
        const ids = Array.from({ length: 2000 }, (_, id) => id);
        const answers = await Promise.all(ids.map(async (id) => (await remote.make(id)).getId()));
        expect(answers).to.deep.equal(ids);
        expect(far.stats().exports).to.be.at.most(2000);
      },
      { collects: true },
    );
  });

  it("#590, #556: forgets a callback that the receiver releases; the sender has nothing to do", () =>
    withPair(
      { report: (callback: (n: number) => void) => thenRelease(callback, (call) => call(7)) },
      async ({ remote, near }) => {
        const heard: number[] = [];
        const callback = proxy((n: number) => heard.push(n));
        await remote.report(callback);
        await until("it is forgotten", () => near.stats().exports === 0);
        await remote.report(callback);
        expect(heard).to.deep.equal([7, 7]);
      },
    ));

  it("#630: proxy() marks a local object, which stays one and has nothing to release", () => {
    const local = { value: 1 };
    const marked = proxy(local);
    expect(marked).to.equal(local);
    expect(releaseProxy in marked).to.equal(false);
    release(marked);
    expect(marked.value).to.equal(1);
  });

  it("#655: keeps nothing of who waits for a call, once the worker and the proxy are gone", async () => {
    const source = new Blob(["onmessage = () => {}"], { type: "text/javascript" });
    const url = URL.createObjectURL(source);
    const use = (): (() => boolean) => {
      const processor = {
        worker: new Worker(url),
        outcome: "",
        run() {
          const remote = wrap<{ process(data: number[]): number }>(this.worker);
          void remote.process([1, 2, 3]).then(
            () => (this.outcome = "done"),
            () => (this.outcome = "rejected"),
          );
          return remote;
        },
      };
      const remote = processor.run();
      setTimeout(() => {
        processor.worker.terminate();
        remote[releaseProxy]();
      }, 20);
      return collectionOf(processor);
    };
    const isCollected = use();
    URL.revokeObjectURL(url);
    await settled(50);
    await collectUntil("it is collected", isCollected);
  });

  it("#674: lets go of what it exposed when it is closed", () =>
    withPorts(async (near, far) => {
      const api = () => {
        const exposed = new Thing(5);
        return { session: connect(far, { expose: exposed }), isCollected: collectionOf(exposed) };
      };
      const { session, isCollected } = api();
      const other = connect<Thing>(near);
      expect(await other.remote.getId()).to.equal(5);
      session.close();
      await collectUntil("it is collected", isCollected);
      other.close();
    }));

  it("#625: can be awaited when it releases a proxy, and the other side hears of it", () =>
    withPorts(async (near, far) => {
      let finalized = false;
      expose({ ping: () => 1, [finalizer]: () => (finalized = true) }, far);
      const remote = wrap<{ ping(): number }>(near);
      await remote.ping();
      await remote[releaseProxy]();
      await until("it is told", () => finalized);
    }));

  it("keeps the root usable when a member of it is released", () =>
    withWrapped({ a: { value: 1 }, b: () => 2 }, async (remote) => {
      (remote.a as unknown as Remote<object>)[releaseProxy]();
      expect(await remote.b()).to.equal(2);
      expect(await remote.a.value).to.equal(1);
    }));

  it("finalizes an object that is exported twice once, and after its last release", () => {
    let finalized = 0;
    const only = Object.assign(new Thing(), { [finalizer]: () => finalized++ });
    return withPair({ get: () => only, list: () => [only] }, async ({ remote }) => {
      const first = await remote.get();
      const [second] = await remote.list();
      expect(second).to.equal(first);
      expect(finalized).to.equal(0);
      release(first);
      await until("it is told", () => finalized > 0);
      await settled();
      expect(finalized).to.equal(1);
    });
  });
});

describe("Comlink's issues: calls that never settle", () => {
  leavesNothing();

  const hang = { hang: () => new Promise<number>(() => {}) };

  it("#601: rejects the calls under way when the proxy is released, and later ones", () =>
    withPorts(async (near, far) => {
      expose(hang, far);
      const remote = wrap<typeof hang>(near);
      const sent = rejection(remote.hang());
      await settled();
      remote[releaseProxy]();
      expect((await sent).name).to.match(/DomainUnloadedError|InvalidStateError/);
      expect((await rejection(remote.hang())).name).to.match(/DomainUnloadedError|InvalidStateError/);
    }));

  it("#601: rejects them also where nobody is there to hear of the release", () =>
    withPorts(async (near) => {
      const remote = wrap<typeof hang>(near);
      let isRejected = false;
      void remote.hang().catch(() => (isRejected = true));
      await settled();
      remote[releaseProxy]();
      await until("the call is rejected", () => isRejected);
    }));

  it("#428, #554, #673: rejects a call to somebody who went without a word", async () => {
    const url = URL.createObjectURL(new Blob(["onmessage = () => {}"], { type: "text/javascript" }));
    const worker = new Worker(url);
    const { port1, port2 } = new MessageChannel();
    worker.postMessage("port", [port2]);
    const session = connect<typeof hang>(port1, { limits: { callTimeout: 100 } });
    const pending = rejection(session.remote.hang());
    worker.terminate();
    URL.revokeObjectURL(url);
    expect(await pending).to.include({ name: "TimeoutError", code: "call-late" });
    expect(await rejection(session.remote.hang())).to.include({ name: "TimeoutError", code: "call-late" });
    session.close();
  });

  it("#463: delivers calls that were made before the other side was ready", async () => {
    await withPorts(async (near, far) => {
      const remote = wrap<{ add(a: number, b: number): number }>(near);
      const sum = remote.add(1, 2).then((value) => value);
      await settled(50);
      expose({ add: (a: number, b: number) => a + b }, far);
      expect(await sum).to.equal(3);
      remote[releaseProxy]();
    });
    const { port1, port2 } = new MessageChannel();
    const near = connect<{ add(a: number, b: number): number }>(port1);
    const sum = near.remote.add(1, 2).then((value) => value);
    await settled(50);
    const far = connect(port2, { expose: { add: (a: number, b: number) => a + b } });
    expect(await sum).to.equal(3);
    near.close();
    far.close();
  });
});

describe("Comlink's issues: references inside of something", () => {
  leavesNothing();
  afterEach(() => transferHandlers.delete("thing"));

  interface Options {
    url: string;
    onProgress: (value: number) => unknown;
  }
  const clone = async (options: Options): Promise<string> => {
    await options.onProgress(0.5);
    release(options);
    return `cloned ${options.url}`;
  };

  it("#515, #59: calls a callback that is a member of an argument", () =>
    withPair({ clone }, async ({ remote }) => {
      const heard: number[] = [];
      const onProgress = proxy((value: number) => heard.push(value));
      expect(await remote.clone({ url: "x", onProgress })).to.equal("cloned x");
      expect(heard).to.deep.equal([0.5]);
    }));

  it("#662, #556, #426: does so without a mark, where Comlink's names are used too", async () => {
    const heard: number[] = [];
    const onProgress = (value: number): number => heard.push(value);
    await withWrapped({ clone }, async (remote) => {
      expect(await remote.clone({ url: "x", onProgress })).to.equal("cloned x");
    });
    await withWrapped(
      (callback: (value: number) => unknown) => thenRelease(callback, (call) => call(1)),
      async (remote) => void (await remote(onProgress)),
    );
    expect(heard).to.deep.equal([0.5, 1]);
  });

  it("#426: keeps `this` of a method that is passed on, where it is bound", () => {
    class Listener {
      heard: number[] = [];
      hear = (value: number): number => this.heard.push(value);
    }
    const listener = new Listener();
    return withPair({ clone }, async ({ remote }) => {
      await remote.clone({ url: "x", onProgress: listener.hear });
      expect(listener.heard).to.deep.equal([0.5]);
    });
  });

  it("#666: gives instances in a collection as references", () =>
    withPair(
      { all: () => [new Thing(1), new Thing(2)], byId: () => new Map([[3, new Thing(3)]]) },
      async ({ remote }) => {
        const [all, byId] = await Promise.all([remote.all(), remote.byId()]);
        expect(await Promise.all(all.map((thing) => thing.getId()))).to.deep.equal([1, 2]);
        expect(await byId.get(3)!.getId()).to.equal(3);
        release([all, byId]);
      },
    ));

  it("#666: asks transfer handlers about what is in a collection", async () => {
    transferHandlers.set("thing", {
      canHandle: (value: unknown): value is Thing => value instanceof Thing,
      serialize: (thing: unknown) => [(thing as Thing).id, []],
      deserialize: (id: unknown) => new Thing((id as number) * 10),
    });
    await withWrapped({ all: () => ({ things: [new Thing(1), new Thing(2)] }) }, async (remote) => {
      const { things } = (await remote.all()) as unknown as { things: Thing[] };
      expect(things.map((thing) => [thing instanceof Thing, thing.id])).to.deep.equal([
        [true, 10],
        [true, 20],
      ]);
    });
  });

  it("#632, #660: turns a remote that goes home into the object itself", () => {
    class Outer {
      readonly #inner: Thing;
      constructor({ inner }: { inner: Thing }) {
        this.#inner = inner;
      }
      describe(): string {
        return `outer: ${this.#inner instanceof Thing}, ${this.#inner.getId()}`;
      }
    }
    const body = async (remote: Remote<{ Thing: typeof Thing; Outer: typeof Outer }>): Promise<void> => {
      const inner = await new remote.Thing(7);
      const outer = await new remote.Outer({ inner });
      expect(await outer.describe()).to.equal("outer: true, 7");
      release([inner, outer]);
    };
    return withPair({ Thing, Outer }, ({ remote }) => body(remote)).then(() => withWrapped({ Thing, Outer }, body));
  });

  it("#435: loops over a generator, which is ended when the loop is left", () => {
    let ended = 0;
    function* fibonacci(): Generator<number> {
      try {
        for (let [a, b] = [1, 1]; ; [a, b] = [b, a + b]) yield a;
      } finally {
        ended++;
      }
    }
    async function* later(): AsyncGenerator<string> {
      yield "a";
      await settled(1);
      yield "b";
    }
    return withPair({ fibonacci, later }, async ({ remote }) => {
      const numbers: number[] = [];
      const generated = await remote.fibonacci();
      for await (const number of generated) {
        numbers.push(number);
        if (number > 10) break;
      }
      expect(numbers).to.deep.equal([1, 1, 2, 3, 5, 8, 13]);
      await until("it is ended", () => ended === 1);
      release(generated);
      const letters: string[] = [];
      const lettered = await remote.later();
      for await (const letter of lettered) letters.push(letter);
      expect(letters).to.deep.equal(["a", "b"]);
      release(lettered);
    });
  });
});

describe("Comlink's issues: errors", () => {
  leavesNothing();

  it("#594: keep the properties and the cause that their class gave them", () => {
    class CustomError extends Error {
      override name = "CustomError";
      constructor(
        message: string,
        readonly customField: object,
        options?: ErrorOptions,
      ) {
        super(message, options);
      }
    }
    const fail = (): number => {
      throw new CustomError("some error message", { deep: [1] }, { cause: new TypeError("inner") });
    };
    const body = async (remote: Remote<{ fail(): number }>): Promise<void> => {
      const error = await rejection(remote.fail());
      expect(error).to.be.instanceOf(Error);
      expect(error).to.include({ name: "CustomError", message: "some error message" });
      expect(error).to.have.deep.property("customField", { deep: [1] });
      expect(error.cause).to.be.instanceOf(TypeError).with.property("message", "inner");
    };
    return withPair({ fail }, ({ remote }) => body(remote)).then(() => withWrapped({ fail }, body));
  });

  it("#679: say which part of a result could not be sent, and why", () =>
    withPair({ state: () => ({ list: [{ node: document.createElement("p") }] }) }, async ({ remote }) => {
      const error = await rejection(remote.state());
      expect(error).to.include({ name: "DataError", code: "not-cloneable" });
      expect(error.message).to.match(/state\(\).*list\[0\]\.node/);
    }));

  it("#679: say so when a handler of one's own fails", async () => {
    transferHandlers.set("thing", {
      canHandle: (value: unknown): value is Thing => value instanceof Thing,
      serialize: () => {
        throw new RangeError("the handler failed");
      },
      deserialize: (value: unknown) => value,
    });
    try {
      await withWrapped({ make: () => new Thing(), fine: () => 1 }, async (remote) => {
        const error = await rejection(remote.make());
        expect(`${error.message} ${String(error.cause)}`).to.contain("the handler failed");
        expect(await remote.fine()).to.equal(1);
      });
    } finally {
      transferHandlers.delete("thing");
    }
  });

  it("#684, #686: name the member that does not exist, and one that might be meant", () =>
    withPair({ getUser: () => 1, nested: { run: () => 2 } }, async ({ remote }) => {
      const members = remote as unknown as Record<string, () => Promise<unknown>> & {
        nested: Record<string, () => Promise<unknown>>;
      };
      const error = await rejection(members["getUsr"]!());
      expect(error).to.include({ name: "ContractError", code: "no-such-member" });
      expect(error.message).to.contain("getUsr").and.to.contain("getUser");
      expect((await rejection(members.nested["walk"]!())).message).to.contain("nested.walk");
    }));

  it("#684, #686: name the member that is no function", () =>
    withPair({ version: "1.0" }, async ({ remote }) => {
      const { version } = remote as unknown as { version: () => Promise<unknown> };
      expect((await rejection(version())).message).to.contain("version");
    }));
});
