import { expect } from "chai";
import { connect, transfer, type Session } from "leasehold/remoting";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { methods, type Caller, type Methods } from "./penpal-methods.js";
import { emptied, settled } from "./support.js";

const caller: Caller = { add: (a, b) => a + b };
const peer = "/test/ported/penpal-peer.ts";

/** Somebody to connect to: takes one end of a channel, and answers with what ends it. */
type Party = (port: MessagePort) => Promise<() => void>;

const parties: Record<string, Party> = {
  async frame(port) {
    const frame = document.createElement("iframe");
    frame.srcdoc = `<script type="module" src="${peer}"></script>`;
    const loaded = new Promise((resolve) => (frame.onload = resolve));
    document.body.append(frame);
    await loaded;
    frame.contentWindow!.postMessage("connect", "*", [port]);
    return () => frame.remove();
  },
  async worker(port) {
    const worker = new Worker(peer, { type: "module" });
    worker.postMessage("connect", [port]);
    return () => worker.terminate();
  },
  async port(port) {
    const session = connect<Caller>(port, { expose: methods });
    methods.caller = session.remote;
    return () => session.close();
  },
};

interface Options {
  limits?: { callTimeout: number };
  /** The body closes the session, so that there is nothing left to look at. */
  closes?: boolean;
}

async function withParty(
  party: Party,
  body: (session: Session<Methods>) => unknown,
  { closes = false, ...options }: Options = {},
): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const session = connect<Methods>(port1, { expose: caller, ...options });
  let end = (): void => {};
  try {
    end = await party(port2);
    await body(session);
    if (!closes) await emptied([session]);
  } finally {
    session.close();
    end();
  }
}

for (const [name, party] of Object.entries(parties)) {
  describe(`Penpal's contract of communication, with a ${name}`, () => {
    leavesNothing();

    it("calls functions, nested and asynchronous ones too", () =>
      withParty(party, async ({ remote }) => {
        expect(await remote.multiply(2, 5)).to.equal(10);
        expect(await remote.multiplyLater(2, 5)).to.equal(10);
        expect(await remote.promiseOfPromise(2, 5)).to.equal(10);
        expect(await remote.nested.once("pen")).to.equal("pen");
        expect(await remote.nested.by.two("pal")).to.equal("pal");
      }));

    it("calls functions with a period in their name", () =>
      withParty(party, async ({ remote }) => {
        expect(await remote["with.period"]()).to.equal("success");
      }));

    // Penpal has apply, call and bind of a nested function do what they do locally. Here nothing that is inherited from
    // Function exists for the other side, because that is where its code begins.
    it("calls exposed functions named apply and call, and no inherited ones", () =>
      withParty(party, async ({ remote }) => {
        const { apply, call } = remote as unknown as Record<"apply" | "call", () => Promise<string>>;
        expect(await apply()).to.equal("apply result");
        expect(await call()).to.equal("call result");
        const multiply = remote.multiply as unknown as { call(...args: unknown[]): Promise<number> };
        expect(await rejection(multiply.call(undefined, 2, 5))).to.include({ code: "no-such-member" });
      }));

    it("moves what is marked, and copies what is not", () =>
      withParty(party, async ({ remote }) => {
        const numbers = Int32Array.of(4, 5);
        expect(await remote.sum(numbers)).to.equal(9);
        expect(numbers[0]).to.equal(4);
        expect(await remote.sum(transfer(numbers, [numbers.buffer]))).to.equal(9);
        expect(numbers[0]).to.equal(undefined);
      }));

    it("lets the other call back", () =>
      withParty(party, async ({ remote }) => {
        await remote.addThroughCaller();
        expect(await remote.whatCallerReturned()).to.equal(9);
      }));

    it("rejects with strings, objects and undefined", () =>
      withParty(party, async ({ remote }) => {
        expect(await rejection(remote.rejectWith("test error string"))).to.equal("test error string");
        expect(await rejection(remote.rejectWith({ a: "b" }))).to.deep.equal({ a: "b" });
        expect(await rejection(remote.rejectWithUndefined())).to.equal(undefined);
      }));

    it("rejects with errors of the class that they had, thrown or not", () =>
      withParty(party, async ({ remote }) => {
        const error = await rejection(remote.rejectWithError());
        expect(error).to.be.instanceOf(TypeError);
        expect(error).to.include({ name: "TypeError", message: "test error object" });
        expect(error.stack).to.be.a("string");
        expect(await rejection(remote.throwError() as PromiseLike<unknown>)).to.include({ message: "oh no" });
      }));

    it("rejects where a result cannot cross", () =>
      withParty(party, async ({ remote }) => {
        expect(await rejection(remote.uncloneable())).to.include({ name: "DataError", code: "not-cloneable" });
      }));
  });

  describe(`Penpal's contract of calls, with a ${name}`, () => {
    leavesNothing();

    it("rejects a call that takes longer than it may, by name, and goes on", () =>
      withParty(
        party,
        async ({ remote }) => {
          await remote.multiply(1, 1); // the other is there
          const error = await rejection(remote.never());
          expect(error).to.include({ name: "TimeoutError", code: "call-late" });
          expect(error.message).to.contain("never()");
          expect(await remote.multiply(2, 5)).to.equal(10);
        },
        { limits: { callTimeout: 500 } },
      ));

    it("rejects no call for the time that went by before it", () =>
      withParty(
        party,
        async ({ remote }) => {
          expect(await remote.multiply(2, 4)).to.equal(8);
          await settled(600);
          expect(await remote.multiply(2, 4)).to.equal(8);
        },
        { limits: { callTimeout: 500 } },
      ));

    it("rejects a call that is under way when the session is closed", () =>
      withParty(
        party,
        async (session) => {
          await session.remote.multiply(1, 1);
          const pending = rejection(session.remote.never());
          await settled(0);
          session.close();
          expect(await pending).to.include({ name: "DomainUnloadedError", code: "session-closed" });
        },
        { closes: true },
      ));

    // Penpal throws from the call itself.
    it("rejects a call that is made after that, and sends nothing", () =>
      withParty(
        party,
        async (session) => {
          await session.remote.multiply(1, 1);
          session.close();
          const { chunksSent } = session.stats();
          expect(await rejection(session.remote.multiply(2, 3))).to.include({ code: "session-closed" });
          expect(session.stats().chunksSent).to.equal(chunksSent);
        },
        { closes: true },
      ));
  });
}

describe("Penpal: nobody there", () => {
  leavesNothing();

  it("rejects a call in time where nobody listens to the other end", async () => {
    const { port1, port2 } = new MessageChannel();
    const session = connect<Methods>(port1, { limits: { callTimeout: 100 } });
    expect(await rejection(session.remote.multiply(2, 5))).to.include({ name: "TimeoutError", code: "call-late" });
    session.close();
    port2.close();
  });

  it("may be closed before anything happened, without a rejection", async () => {
    const { port1, port2 } = new MessageChannel();
    const session = connect<Methods>(port1);
    session.close();
    await session.closed;
    port2.close();
  });

  it("hears nothing any more once it is closed", async () => {
    const { port1, port2 } = new MessageChannel();
    const far = connect<Methods>(port2, { expose: methods });
    const near = connect<Methods>(port1);
    await near.remote.multiply(1, 1);
    const listening = rejection(near.remote.never());
    far.close();
    const { chunksReceived } = far.stats();
    void near.remote.multiply(2, 2).catch(() => {});
    await settled();
    expect(far.stats().chunksReceived).to.equal(chunksReceived);
    near.close();
    await listening;
  });
});
