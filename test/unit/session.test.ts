import { expect } from "chai";
import { transfer } from "../../src/remoting/index.js";
import { leavesNothing } from "../support/baseline.js";
import { openAccount } from "../support/account.js";
import { rejection } from "../support/rejection.js";
import { withSessions } from "../support/session-pair.js";

/** Counts what one end of a port is sent. */
function countMessages(port: MessagePort): () => number {
  let count = 0;
  const original = port.onmessage;
  port.onmessage = (event) => {
    count++;
    original?.call(port, event);
  };
  return () => count;
}

const after = <T>(milliseconds: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds, value));

describe("a session", () => {
  leavesNothing();

  const calculator = {
    add: (a: number, b: number) => a + b,
    later: async (milliseconds: number, value: string) => after(milliseconds, value),
    fail: () => {
      throw new RangeError("too much");
    },
    nested: { deep: { twice: (value: number) => value * 2 } },
    version: "1.0",
    never: () => new Promise<never>(() => {}),
    byteLength: (buffer: ArrayBuffer) => buffer.byteLength,
    make: (bytes: number) => {
      const buffer = new ArrayBuffer(bytes);
      return transfer({ buffer }, [buffer]);
    },
    echo: (value: unknown) => value,
  };

  it("carries what is called in one turn as one message, and answers with one", () =>
    withSessions(calculator, async ({ remote, port }) => {
      const received = countMessages(port);
      const sums = await Promise.all(Array.from({ length: 1000 }, (_, index) => remote.add(index, 1)));
      expect(sums.at(-1)).to.equal(1000);
      expect(received()).to.equal(1);
    }));

  it("reads values and walks into objects", () =>
    withSessions(calculator, async ({ remote }) => {
      expect(await remote.version).to.equal("1.0");
      expect(await remote.nested.deep.twice(21)).to.equal(42);
    }));

  it("sends members that are read beside a call with it", () =>
    withSessions(calculator, async ({ remote, port }) => {
      const received = countMessages(port);
      expect(await Promise.all([remote.add(1, 2), remote.version, remote.add(3, 4)])).to.deep.equal([3, "1.0", 7]);
      expect(received()).to.equal(1);
    }));

  it("lets no slow call delay another", () =>
    withSessions(calculator, async ({ remote }) => {
      const order: string[] = [];
      const slow = remote.later(60, "slow").then((value) => order.push(value));
      const fast = remote.add(1, 2).then(() => order.push("fast"));
      const quick = remote.later(5, "quick").then((value) => order.push(value));
      await Promise.all([slow, fast, quick]);
      expect(order).to.deep.equal(["fast", "quick", "slow"]);
    }));

  it("answers promises that settle at once in the same message", () =>
    withSessions({ soon: async () => "soon" }, async ({ remote, caller, port }) => {
      const received = countMessages(port);
      expect(await Promise.all([remote.soon(), remote.soon()])).to.deep.equal(["soon", "soon"]);
      expect(received(), "a late result would be acknowledged by another message").to.equal(1);
      expect(caller.pending).to.equal(0);
    }));

  it("fails one call of a chunk and no other", () =>
    withSessions(calculator, async ({ remote }) => {
      const [failed, sum] = await Promise.allSettled([remote.fail(), remote.add(2, 3)]);
      expect(failed.status === "rejected" && failed.reason)
        .to.be.instanceOf(RangeError)
        .with.property("message", "too much");
      expect(sum).to.deep.equal({ status: "fulfilled", value: 5 });
    }));

  it("refuses an argument that cannot cross, says where it is, and sends the others", () =>
    withSessions(calculator, async ({ remote }) => {
      const [node, weak, symbol, maker, good] = await Promise.allSettled([
        remote.echo({ list: [1, document.body] }),
        remote.echo(new Map([["at", new WeakMap()]])),
        remote.echo(Symbol("no")),
        remote.echo({ make: Function }),
        remote.echo({ list: [1, 2] }),
      ]);
      const messages = [node, weak, symbol, maker].map(
        (result) => result.status === "rejected" && (result.reason as Error).message,
      );
      expect(messages[0]).to.match(/^Argument 1 of echo\(\)\.list\[1\] is a HTMLBodyElement/);
      expect(messages[1]).to.match(/^Argument 1 of echo\(\)\.get\(at\) is a WeakMap/);
      expect(messages[2]).to.match(/^Argument 1 of echo\(\) is a symbol/);
      expect(messages[3]).to.match(/^Argument 1 of echo\(\)\.make makes code of text/);
      expect(good).to.deep.include({ status: "fulfilled" });
    }));

  it("refuses a result that cannot cross", () =>
    withSessions({ page: () => document.body }, async ({ remote }) => {
      const error = await rejection(remote.page() as Promise<unknown>);
      expect(error).to.include({ name: "DataError", code: "not-cloneable" });
      expect(error.message).to.match(/^The result of page\(\) is a HTMLBodyElement/);
    }));

  it("fails the one call whose argument turns out not to be cloneable", () =>
    withSessions(calculator, async ({ remote, caller }) => {
      const detached = new ArrayBuffer(8);
      structuredClone(detached, { transfer: [detached] });
      const [bad, good] = await Promise.allSettled([
        remote.byteLength(transfer(detached, [detached])),
        remote.add(1, 1),
      ]);
      expect(bad.status === "rejected" && bad.reason).to.include({ name: "DataError", code: "not-cloneable" });
      expect(good).to.deep.equal({ status: "fulfilled", value: 2 });
      expect(await remote.add(2, 2), "the numbers still agree").to.equal(4);
      expect(caller.pending).to.equal(0);
    }));

  it("copies buffers, and moves those that are marked, in both directions", () =>
    withSessions(calculator, async ({ remote }) => {
      const buffer = new ArrayBuffer(16);
      expect(await remote.byteLength(buffer)).to.equal(16);
      expect(buffer.byteLength, "copied").to.equal(16);
      expect(await remote.byteLength(transfer(buffer, [buffer]))).to.equal(16);
      expect(buffer.byteLength, "moved").to.equal(0);
      expect((await remote.make(32)).buffer.byteLength).to.equal(32);
    }));

  it("keeps plain data as it is, cycles and shared parts included", () =>
    withSessions(calculator, async ({ remote }) => {
      const shared = { date: new Date(0), set: new Set([1]), bytes: new Uint8Array([1, 2]) };
      const value: Record<string, unknown> = { one: shared, two: shared, nothing: undefined, big: 10n };
      value.self = value;
      const echoed = (await remote.echo(value)) as typeof value;
      expect(echoed.one).to.equal(echoed.two).and.to.deep.equal(shared);
      expect(echoed.self).to.equal(echoed);
    }));

  it("rejects every pending call when it closes, and every later one", () =>
    withSessions(calculator, async ({ remote, caller }) => {
      const sent = remote.never();
      await remote.add(1, 1);
      const queued = remote.add(1, 1);
      const reason = (label: string): Error => new Error(`${label} was cut off`);
      expect(caller.close(reason)).to.equal(2);
      expect((await rejection(sent)).message).to.equal("never() was cut off");
      expect((await rejection(queued)).message).to.equal("add() was cut off");
      expect((await rejection(remote.add(1, 1))).message).to.equal("add() was cut off");
      expect(caller.pending).to.equal(0);
    }));

  it("gives up what is pending and goes on", () =>
    withSessions(calculator, async ({ remote, caller }) => {
      const slow = remote.later(20, "late");
      await remote.add(1, 1);
      expect(caller.abandon((label) => new Error(`${label} was given up`))).to.equal(1);
      expect((await rejection(slow)).message).to.equal("later() was given up");
      expect(await remote.later(30, "next"), "the late result of the first has come by now").to.equal("next");
    }));

  it("tells what is pending, and when nothing is", () =>
    withSessions(calculator, async ({ remote, caller }) => {
      const { account } = openAccount();
      caller.enter(account);
      const slow = remote.later(10, "done");
      expect(account.calls?.describe().map(({ label }) => label)).to.deep.equal(["later()"]);
      await caller.idle();
      expect(caller.pending).to.equal(0);
      expect(await slow).to.equal("done");
    }));

  it("reaches what an object has itself or its class declares, and nothing else", () => {
    class Account {
      static create = (): string => "created";
      balance = 1;
      get doubled(): number {
        return this.balance * 2;
      }
      deposit(amount: number): number {
        return (this.balance += amount);
      }
    }
    return withSessions({ account: new Account(), Account }, async ({ remote }) => {
      expect(await remote.account.deposit(4)).to.equal(5);
      expect(await remote.account.doubled).to.equal(10);
      expect(await (remote.Account as unknown as { create(): Promise<string> }).create()).to.equal("created");
      const forbidden = [
        ["account", "constructor"],
        ["account", "__proto__"],
        ["account", "hasOwnProperty"],
        ["account", "toString"],
        ["account", "deposit", "constructor"],
        ["account", "deposit", "call"],
        ["account", "deposit", "apply"],
        ["Account", "prototype"],
        ["Account", "name", "constructor"],
      ];
      for (const path of forbidden) {
        const walk = path.reduce((object, key) => (object as Record<string, unknown>)[key], remote as unknown);
        const error = await rejection((walk as (argument: string) => Promise<unknown>)("return 1"));
        expect(error, path.join(".")).to.include({ name: "ContractError", code: "no-such-member" });
      }
    });
  });

  it("suggests the name that was meant", () =>
    withSessions(calculator, async ({ remote }) => {
      const { lter } = remote as unknown as { lter(): Promise<unknown> };
      expect((await rejection(lter())).message).to.contain('Did you mean "later"?');
    }));

  it("is no promise as a whole, and cannot be set or cloned", () =>
    withSessions(calculator, async ({ remote }) => {
      expect(await (async () => remote)()).to.equal(remote);
      expect(() => Object.assign(remote, { add: 1 })).to.throw(TypeError);
      expect(() => structuredClone(remote)).to.throw(DOMException);
    }));
});
