import { traffic } from "../support/port-traffic.js";
import { expect } from "chai";
import { connect, release, type Session } from "leasehold/remoting";
import { leavesNothing } from "../support/baseline.js";
import { collect } from "../support/collect.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

const tick = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

class Thing {
  read(): number {
    return 1;
  }
}
let reason: unknown;
const service = {
  add: (a: number, b: number) => a + b,
  makeLater: async (ms: number) => {
    await tick(ms);
    return new Thing();
  },
  watch: async (signal: AbortSignal) => {
    signal.addEventListener("abort", () => (reason = signal.reason));
    await tick(60_000);
  },
  call: async (fn: (n: number) => Promise<number>, n: number) => fn(n),
  list: () => [1, 2, 3],
};
type Service = typeof service;

/** Two ends of a channel, the second exposing the service; both are closed afterwards. */
async function connected(
  options: Parameters<typeof connect>[1],
  body: (session: Session<Service>, other: Session<object>) => Promise<void>,
): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const session = connect<Service>(port1, options);
  const other = connect(port2, { expose: service });
  try {
    await body(session, other);
  } finally {
    session.close();
    other.close();
  }
}

const module = (ms: number): string => `
  await new Promise((resolve) => setTimeout(resolve, ${ms}));
  const { connect } = await import("${location.origin}/dist/remoting.js");
  connect(globalThis.parent && globalThis.parent !== globalThis ? parent : globalThis, { expose: { add: (a, b) => a + b, list: () => [1, 2, 3] } });
`;

async function withWorker(text: string, body: (worker: Worker) => Promise<void>): Promise<void> {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  try {
    await body(worker);
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}

async function withFrame(text: string, body: (window: Window) => Promise<void>): Promise<void> {
  const frame = document.createElement("iframe");
  frame.srcdoc = `<script type="module">${text}</script>`;
  document.body.append(frame);
  try {
    await body(frame.contentWindow!);
  } finally {
    frame.remove();
  }
}

describe("connect", () => {
  leavesNothing();

  it("opens a session over a port, whose turn is one message each way", () =>
    connected({}, async ({ remote, chunk }) => {
      const { sent } = await traffic(async () => {
        expect(await Promise.all([remote.add(1, 2), remote.add(remote.add(1, 1), 2)])).to.deep.equal([3, 4]);
      });
      expect(sent).to.have.length(2);
      expect(await chunk((api) => api.list().map((n) => api.add(n, n)))).to.deep.equal([2, 4, 6]);
    }));

  it("gathers a whole task's calls where it is told to", () =>
    connected({ flush: "task" }, async ({ remote }) => {
      const { sent } = await traffic(async () => {
        const first = remote.add(1, 2);
        for (let turn = 0; turn < 50; turn++) await Promise.resolve();
        expect(await Promise.all([first, remote.add(2, 3)])).to.deep.equal([3, 5]);
      });
      expect(sent).to.have.length(2);
    }));

  it("exposes in both directions", async () => {
    const { port1, port2 } = new MessageChannel();
    const one = connect<Service>(port1, { expose: { name: () => "one" } });
    const other = connect<{ name(): string }>(port2, { expose: service });
    expect(await Promise.all([one.remote.add(1, 1), other.remote.name()])).to.deep.equal([2, "one"]);
    one.close();
    other.close();
  });

  it("exposes nothing that it is not told to", () =>
    connected({}, async (_session, other) => {
      const error = await rejection((other.remote as unknown as { anything(): Promise<void> }).anything());
      expect(error).to.include({ name: "InvalidStateError", code: "no-such-target" });
    }));

  it("holds calls to their limit: the signal aborts over there, a late result is released", () =>
    connected({ limits: { callTimeout: 100 } }, async ({ remote, stats }, other) => {
      reason = undefined;
      const { signal } = new AbortController();
      const [watched, made] = await Promise.all([
        rejection(remote.watch(signal)),
        rejection(remote.makeLater(150)),
        remote.add(1, 1),
      ]);
      for (const error of [watched, made]) expect(error).to.include({ name: "TimeoutError", code: "call-late" });
      await until("the signal aborted over there", () => reason !== undefined);
      expect(reason).to.include({ code: "call-late" });
      await tick(100);
      expect([stats().imports, stats().pending, other.stats().exports]).to.deep.equal([0, 0, 0]);
    }));

  it("holds a signal while it waits, so that its limit aborts what nobody here could any more", () =>
    connected({ limits: { callTimeout: 1000 } }, async ({ remote }, other) => {
      reason = undefined;
      const watched = rejection(remote.watch(new AbortController().signal));
      await remote.add(1, 1);
      await collect();
      expect(await watched).to.include({ code: "call-late" });
      await until("the signal aborted over there", () => reason !== undefined);
      expect(other.stats().imports).to.equal(0);
    }));

  it("limits no call of the other side", () =>
    connected({ limits: { callTimeout: 500 } }, async ({ remote }) => {
      const slow = async (n: number): Promise<number> => {
        await tick(20);
        return n + 1;
      };
      expect(await remote.call(slow, 1)).to.equal(2);
    }));

  for (const ms of [0, 300]) {
    it(`waits for a worker that is there ${ms === 0 ? "soon" : "late"}`, () =>
      withWorker(module(ms), async (worker) => {
        const session = connect<Service>(worker);
        expect(await Promise.all([session.remote.add(1, 2), session.remote.add(3, 4)])).to.deep.equal([3, 7]);
        expect(await session.chunk((api) => api.list().map((n) => api.add(n, 1)))).to.deep.equal([2, 3, 4]);
        expect(session.stats().chunksSent).to.equal(2);
        session.close();
      }));

    it(`waits for a window that is there ${ms === 0 ? "soon" : "late"}`, () =>
      withFrame(module(ms), async (window) => {
        const session = connect<Service>(window);
        expect(await session.remote.add(session.remote.add(1, 2), 4)).to.equal(7);
        session.close();
      }));
  }

  it("finds a worker also where it is called long after that was there", () =>
    withWorker(module(0), async (worker) => {
      await tick(300);
      const session = connect<Service>(worker);
      expect(await session.remote.add(1, 2)).to.equal(3);
      session.close();
    }));

  it("rejects calls to an end that never comes, at their limit or when the session closes", () =>
    withWorker("", async (worker) => {
      const session = connect<Service>(worker, { limits: { callTimeout: 100 } });
      expect(await rejection(session.remote.add(1, 2))).to.include({ name: "TimeoutError", code: "call-late" });
      const waiting = rejection(session.remote.add(1, 2));
      session.close();
      expect(await waiting).to.include({ name: "DomainUnloadedError", code: "session-closed" });
      expect((await waiting).message).to.include("add()");
      expect(session.stats()).to.include({ pending: 0, chunksSent: 0 });
    }));

  it("rejects everything, with its reason, once a side has closed", async () => {
    const { port1, port2 } = new MessageChannel();
    const session = connect<Service>(port1);
    const other = connect(port2, { expose: service });
    const thing = await session.remote.makeLater(0);
    const pending = rejection(session.remote.makeLater(1000));
    await tick(5);
    const own = new Error("enough");
    session.close(own);
    session.close(new Error("again"));
    expect(await pending).to.equal(own);
    expect(await session.closed).to.equal(own);
    expect(await rejection(thing.read())).to.equal(own);
    expect(await rejection(session.remote.add(1, 1))).to.equal(own);
    expect(await rejection(session.chunk((api) => api.add(1, 1)))).to.equal(own);
    expect(await other.closed, "the other side hears of it").to.include({ name: "DomainUnloadedError" });
    release(thing);
  });

  it("refuses what no session can be opened over", () => {
    for (const wrong of [undefined, null, {}, "port"]) {
      expect(() => connect(wrong as never))
        .to.throw()
        .that.includes({ name: "InvalidStateError", code: "no-endpoint" });
    }
  });

  it("passes on what is of another session, and calls go through", async () => {
    await connected({}, async (first) => {
      await connected({}, async (second) => {
        const thing = await first.remote.makeLater(0);
        const echo = async (n: number): Promise<number> => (await thing.read()) + n;
        expect(await second.remote.call(echo, 1)).to.equal(2);
        expect(await second.remote.call(first.remote.add.bind(null) as never, 1)).to.be.NaN;
        expect(await second.remote.add(first.remote.add(1, 2), 3)).to.equal(6);
        release(thing);
      });
    });
  });
});
