import { expect } from "chai";
import { proxy, release, transfer, type Session, type SessionOptions } from "../../src/remoting/index.js";
import { Notice, Ref } from "../../src/remoting/wire/protocol.js";
import { leavesNothing } from "../support/baseline.js";
import { collect, collectUntil } from "../support/collect.js";
import { rejection } from "../support/rejection.js";
import { withSessions, type SessionPair, sentBy } from "../support/session-pair.js";
import { until } from "../support/until.js";

class Thing {
  value: number;
  constructor(value = 0) {
    this.value = value;
  }
  self(): Thing {
    return this;
  }
  add(n: number): number {
    return (this.value += n);
  }
}

const shared = new Thing(1);
let held: unknown[] = [];
const service = {
  shared: () => shared,
  list: (times: number) => Array.from({ length: times }, () => shared),
  make: (value: number) => new Thing(value),
  makeLater: async (value: number, ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return new Thing(value);
  },
  echo: (...values: unknown[]) => values,
  hold: (...values: unknown[]) => void held.push(...values),
  letGo: () => void (held = []),
  valueOf_: (thing: Thing) => thing.value,
  bad: () => [new Thing(), () => {}, document.body],
  moved: () => {
    const buffer = new ArrayBuffer(8);
    structuredClone(buffer, { transfer: [buffer] });
    return [new Thing(), transfer(buffer, [buffer])];
  },
  fail: () => {
    throw Object.assign(new Error("with a thing"), { thing: new Thing(7) });
  },
  promise: () => ({ soon: new Promise((resolve) => setTimeout(resolve, 10, new Thing(3))) }),
  never: (..._values: unknown[]) => new Promise<Thing>(() => {}),
  nothing: () => {},
};
type Service = typeof service;

const sizes = (session: Session): number[] => {
  const { exports, imports, pending } = session.stats();
  return [exports, imports, pending];
};

/** Exports, imports and pending calls of both sides are none. */
const areEmpty = ({ caller, callee }: SessionPair<object>): boolean =>
  [...sizes(caller), ...sizes(callee)].every((size) => size === 0);

/** As `withSessions`, and both tables have to be empty afterwards, without a collection unless that is allowed. */
function counted(
  body: (pair: SessionPair<Service>) => Promise<void>,
  { mayCollect = false, ...options }: SessionOptions & { mayCollect?: boolean } = {},
): Promise<void> {
  return withSessions(
    service,
    async (pair) => {
      await body(pair);
      held = [];
      const wait = mayCollect ? collectUntil : until;
      await wait(`the tables are empty: ${sizes(pair.caller).join()} and ${sizes(pair.callee).join()}`, () =>
        areEmpty(pair),
      );
    },
    options,
  );
}

/** What the callee is sent, and sends, from now on. */
function record(port: MessagePort): { received: unknown[][]; sent: unknown[][] } {
  const sent = sentBy.get(port) as unknown[][];
  sent.length = 0;
  const traffic = { received: [] as unknown[][], sent };
  const { onmessage } = port;
  port.onmessage = (event: MessageEvent<unknown[]>) => {
    traffic.received.push(event.data);
    onmessage?.call(port, event);
  };
  return traffic;
}

/** Slots of what an answer exports. */
const slotsIn = (replies: unknown[][]): number[] =>
  replies.flatMap(([, , , holes]) =>
    ((holes ?? []) as unknown[])
      .filter((_part, at) => at % 3 === 2)
      .flatMap((reference) => {
        const [ref, slot] = reference as [number, number];
        return ref === Ref.export ? [slot] : [];
      }),
  );

/** Slot and count of the releases in requests. */
const releasesIn = (requests: unknown[][]): [unknown, unknown][] =>
  requests.flatMap(([, , stream]) => {
    const items = stream as unknown[];
    return items[0] === Notice.release ? [[items[1], items[2]] as [unknown, unknown]] : [];
  });

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe("what a session holds", () => {
  leavesNothing();

  it("is counted by occurrence, and released by as many", () =>
    counted(async ({ caller, callee, remote, port }) => {
      const { received } = record(port);
      const [first] = await remote.list(5);
      await remote.shared();
      expect([caller.stats().imports, callee.stats().exports]).to.deep.equal([1, 1]);
      received.length = 0;
      release(first);
      await until("it was released", () => callee.stats().exports === 0);
      expect(releasesIn(received).map(([, count]) => count)).to.deep.equal([6]);
    }));

  it("survives a release that crosses with another occurrence", () =>
    counted(async ({ callee, remote }) => {
      const first = await remote.shared();
      const coming = remote.shared();
      coming.then(() => {});
      release(first);
      const second = await coming;
      expect(second).not.to.equal(first);
      expect(await second.add(0)).to.equal(1);
      expect(callee.stats().exports).to.equal(1);
      const third = remote.shared();
      third.then(() => {});
      await Promise.resolve().then(() => {}).then(() => {}).then(() => {}); // prettier-ignore
      release(second);
      expect(await (await third).add(0), "its answer was under way").to.equal(1);
      release(await third);
    }));

  it("has a number that is never used again", () =>
    counted(async ({ remote, port }) => {
      const { sent } = record(port);
      const seen: number[] = [];
      for (let round = 0; round < 4; round++) {
        sent.length = 0;
        const thing = await remote.shared();
        seen.push(...slotsIn(sent));
        release(thing);
        await turn();
      }
      expect(new Set(seen).size).to.equal(4);
      expect([...seen].sort((a, b) => a - b)).to.deep.equal(seen);
    }));

  it("is let go of once it is released, and crosses anew afterwards", () =>
    counted(async ({ remote }) => {
      const first = await remote.shared();
      release(first);
      const error = await rejection(first.add(1));
      expect(error).to.include({ name: "InvalidStateError", code: "released" });
      expect(error.message).to.include("Thing");
      expect((await rejection(remote.valueOf_(first))).code).to.equal("released");
      const again = await remote.shared();
      expect(await again.add(0)).to.equal(1);
      expect(await remote.valueOf_(again)).to.equal(1);
      release(again);
      release(again);
    }));

  it("is released inside arrays, Maps, Sets, objects and errors", () =>
    counted(async ({ caller, remote }) => {
      const [list] = (await remote.echo([
        await remote.make(1),
        new Map([[await remote.make(2), await remote.make(3)]]),
      ])) as [unknown];
      const things = await Promise.all([remote.make(4), remote.make(5)]);
      expect(caller.stats().imports).to.equal(5);
      const cycle: Record<string, unknown> = { set: new Set([things[0]]), deep: [{ thing: things[1] }] };
      cycle.self = cycle;
      release([list, cycle]);
      expect(caller.stats().imports).to.equal(0);
      release(await rejection(remote.fail()));
      release([null, 1, "text", undefined, new Date()]);
    }));

  it("ends with a using block", () =>
    counted(async ({ caller, remote }) => {
      {
        using thing = await remote.make(1);
        expect(await thing.add(1)).to.equal(2);
        expect(caller.stats().imports).to.equal(1);
      }
      expect(caller.stats().imports).to.equal(0);
    }));

  it("is released in the end when it was merely dropped", () =>
    counted(
      async ({ caller, remote }) => {
        await (async () => {
          const thing = await remote.make(1);
          expect(await thing.add(1)).to.equal(2);
        })();
        expect(caller.stats().imports).to.equal(1);
      },
      { mayCollect: true },
    ));

  it("is not released by the end of an earlier remote of the same thing", () =>
    counted(async ({ caller, callee, remote }) => {
      for (let round = 0; round < 5; round++) {
        await (async () => void (await remote.shared()))();
        await turn();
        const getting = remote.shared();
        getting.then(() => {});
        await collect();
        const thing = await getting;
        await collect();
        await collect();
        expect(await thing.add(0)).to.equal(1);
        expect([caller.stats().imports, callee.stats().exports]).to.deep.equal([1, 1]);
        release(thing);
      }
    }));

  it("of arguments is given back where the call cannot be made", () =>
    counted(async ({ caller, remote }) => {
      const callback = (): void => {};
      expect((await rejection(remote.echo(callback, document.body))).code).to.equal("not-cloneable");
      expect((await rejection(remote.echo([proxy({}), Symbol("no")]))).code).to.equal("not-cloneable");
      expect(caller.stats().exports).to.equal(0);
      const detached = new ArrayBuffer(8);
      structuredClone(detached, { transfer: [detached] });
      const refused = rejection(remote.echo(callback, transfer(detached, [detached])));
      expect((await refused).code).to.equal("not-cloneable");
      expect(caller.stats().exports).to.equal(0);
      const failed = rejection(remote.echo(callback, remote.fail()));
      release(((await failed) as unknown as { thing: unknown }).thing);
      release((await failed).cause);
    }, { mayCollect: true })); // prettier-ignore

  it("of arguments is given back where the call is given up before it leaves", () =>
    counted(async ({ caller, remote }) => {
      const failing = rejection(remote.echo(() => {}));
      caller.abandon(() => new Error("given up"));
      expect((await failing).message).to.equal("given up");
      await turn();
      expect(caller.stats().exports).to.equal(0);
      const slow = remote.makeLater(1, 20);
      slow.catch(() => {});
      await turn();
      const waiting = rejection(remote.echo(() => {}, slow));
      caller.abandon(() => new Error("given up"));
      await waiting;
      await new Promise((resolve) => setTimeout(resolve, 40));
      expect(caller.stats().exports).to.equal(0);
    }));

  it("of a result is given back where that cannot be sent", () =>
    counted(async ({ callee, remote }) => {
      expect((await rejection(remote.bad() as Promise<unknown>)).code).to.equal("not-cloneable");
      expect(callee.stats().exports).to.equal(0);
      expect((await rejection(remote.moved() as Promise<unknown>)).name).to.be.oneOf(["DataError", "DataCloneError"]);
      expect(callee.stats().exports).to.equal(0);
    }));

  it("of a result that comes too late is let go of", () =>
    counted(async ({ caller, remote }) => {
      const slow = rejection(remote.makeLater(1, 20));
      const unsettled = rejection(remote.never());
      await turn();
      caller.abandon(() => new Error("given up"));
      await Promise.all([slow, unsettled]);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }));

  it("of this side's is let go of by the other when nobody holds it there", () =>
    counted(
      async ({ caller, callee, remote }) => {
        const callback = (): number => 1;
        await remote.hold(callback, callback);
        expect([caller.stats().exports, callee.stats().imports]).to.deep.equal([1, 1]);
        await collect();
        expect(caller.stats().exports).to.equal(1);
        await remote.letGo();
      },
      { mayCollect: true },
    ));

  it("of promises is there until they settle", () =>
    counted(async ({ caller, callee, remote }) => {
      const { soon } = (await remote.promise()) as unknown as { soon: Promise<unknown> };
      expect([caller.stats().imports, callee.stats().exports]).to.deep.equal([1, 1]);
      release(await soon);
      let settle!: (value: unknown) => void;
      await remote.hold(new Promise((resolve) => (settle = resolve)));
      expect([caller.stats().exports, callee.stats().imports]).to.deep.equal([1, 1]);
      settle("settled");
      await until("it has settled over there", () => areEmpty({ caller, callee } as SessionPair<object>));
      expect(await (held[0] as Promise<unknown>)).to.equal("settled");
    }));

  it("is not what the other side keeps for a promise that nobody awaits", () =>
    counted(async ({ caller, callee, remote }) => {
      const kept = remote.make(1);
      await remote.nothing();
      expect([...sizes(caller), ...sizes(callee)]).to.deep.equal([0, 0, 0, 0, 0, 0]);
      expect(await kept.add(1)).to.equal(2);
      expect(callee.stats().exports).to.equal(0);
      const thing = await kept;
      expect(callee.stats().exports).to.equal(1);
      release(thing);
    }));

  it("is no less after a kept result was fetched that the other side has from this one", async () => {
    let listener!: (n: number) => Promise<number>;
    const keeper = {
      keep: (given: typeof listener) => void (listener = given),
      give: () => listener,
      call: () => listener(1),
    };
    await withSessions(keeper, async ({ remote }) => {
      const add = (n: number): number => n + 1;
      await remote.keep(add as never);
      const kept = remote.give();
      expect(await remote.call()).to.equal(2);
      expect(await kept).to.equal(add);
      expect(await remote.call()).to.equal(2);
      release(kept);
    });
  });

  it("is nothing of a kept result once its promise is released, or collected", async () => {
    const refs: WeakRef<object>[] = [];
    const areGone = async (count: number): Promise<boolean> => {
      const gone = refs.filter((ref) => ref.deref() === undefined).length;
      await turn(); // what was looked at lives until the end of its task
      return gone === count && refs.length === count;
    };
    const maker = {
      make: () => {
        const thing = new Thing();
        refs.push(new WeakRef(thing));
        return thing;
      },
      makeLater: async () => {
        await turn();
        return maker.make();
      },
      nothing: () => {},
    };
    await withSessions(maker, async ({ remote }) => {
      const kept = remote.make();
      const late = remote.makeLater();
      await remote.nothing();
      await new Promise((resolve) => setTimeout(resolve, 20));
      release([kept, late]);
      await collectUntil("what was released is gone", () => areGone(2));
      refs.length = 0;
      await (async () => {
        void remote.make();
        void remote.makeLater();
        await remote.nothing();
      })();
      await collectUntil("what was dropped is gone", () => areGone(2));
    });
  });

  it("is let go of on both sides when the session closes", async () => {
    const { port1, port2 } = new MessageChannel();
    const { Session: Core, createRemote } = await import("../../src/remoting/index.js");
    const [caller, callee] = [new Core(port1), new Core(port2)];
    callee.expose(1, service);
    const remote = createRemote<Service>(() => caller.invoker, 1);
    const thing = await remote.make(1);
    const forever = new Promise(() => {}); // in this test's hands: engines collect what nobody can settle
    await remote.hold(() => {}, forever);
    const never = rejection(remote.never(() => {}));
    await until("the promise that never() returned has come", () => caller.stats().imports === 2);
    expect(sizes(caller)).to.deep.equal([3, 2, 1]);
    expect(await Promise.race([forever, "not settled"])).to.equal("not settled");
    caller.close(new Error("over"));
    callee.close(new Error("over"));
    expect((await never).message).to.equal("over");
    expect((await rejection(thing.add(1))).message).to.equal("over");
    expect([...sizes(caller), ...sizes(callee)]).to.deep.equal([0, 0, 0, 0, 0, 0]);
    held = [];
  });

  it("of signals is nothing", () =>
    counted(async ({ caller, callee, remote }) => {
      const controller = new AbortController();
      await remote.hold(controller.signal);
      expect([caller.stats().exports, callee.stats().imports]).to.deep.equal([0, 0]);
      controller.abort();
      await until("it aborted over there", () => (held[0] as AbortSignal).aborted);
    }));

  it("of signals is not ended by a call that is late while another that has the same one waits to be sent", async () => {
    const { port1, port2 } = new MessageChannel();
    const { Session: Core, createRemote } = await import("../../src/remoting/index.js");
    const caller = new Core(port1, { window: 1, callTimeout: 1000 });
    const remote = createRemote<Service>(() => caller.invoker, 1);
    const { signal } = new AbortController();
    const late = rejection(remote.echo(signal));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const waiting = remote.hold(signal);
    expect(await late).to.include({ code: "call-late" });
    const callee = new Core(port2); // nobody has answered so far
    callee.expose(1, service);
    await waiting;
    await remote.nothing();
    expect(held.map((each) => (each as AbortSignal).aborted)).to.deep.equal([false]);
    held = [];
    caller.close(new Error("over"));
    callee.close(new Error("over"));
  });

  it("is told by one message without an answer, which goes with the next chunk", () =>
    counted(async ({ remote, port }) => {
      const things = await Promise.all([remote.make(1), remote.make(2), remote.make(3)]);
      const { received, sent } = record(port);
      release(things[0]);
      release(things[1]);
      await until("it has been told", () => received.length > 0);
      expect([received.length, sent.length]).to.deep.equal([1, 0]);
      release(things[2]);
      await remote.nothing();
      expect([received.length, sent.length]).to.deep.equal([2, 1]);
    }));

  it("is in the numbers of a session", () =>
    counted(async ({ caller, callee, remote }) => {
      await Promise.all([remote.nothing(), remote.nothing(), remote.nothing()]);
      await remote.nothing();
      expect(caller.stats()).to.include({ chunksSent: 2, operationsSent: 4, pending: 0 });
      expect(callee.stats()).to.include({ chunksReceived: 2, operationsSent: 0 });
    }));
});
