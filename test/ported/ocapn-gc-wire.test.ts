import { expect } from "chai";
import { Kind, Notice, type Packet } from "../../src/remoting/wire/protocol.js";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { PAGE, withRawPeer, type RawPeer } from "../unit/hostile/raw-peer.js";

/** Speaks the protocol itself, to send releases that no session of ours would send like that. */
class Peer {
  #first = 0;

  constructor(readonly peer: RawPeer) {}

  /** Receives the page's one account so many times, and returns the slots that it came in. */
  async obtain(times: number): Promise<number[]> {
    const [, , , holes = []] = await this.#ask([Kind.get, PAGE, "account", 0, times], times);
    return (holes ?? []).filter((_, at) => at % 3 === 2).map((reference) => (reference as number[])[1]!);
  }

  /** Calls what is in a slot. */
  async deposit(slot: number, amount: number): Promise<unknown> {
    const [, , values] = await this.#ask([Kind.call, slot, "deposit", 1, 1, amount], 1);
    return values[0];
  }

  async release(slot: number, count: number): Promise<void> {
    this.peer.send([0, this.#first, [Notice.release, slot, count, undefined]]);
    await this.#ask([Kind.call, PAGE, "touch", 0, 1], 1); // its answer comes after what it was sent after
  }

  async #ask(stream: unknown[], results: number): Promise<Packet> {
    this.peer.send([0, this.#first, stream]);
    this.#first += results;
    const outcome = await this.peer.outcome();
    if (!Array.isArray(outcome)) throw outcome;
    return outcome as unknown as Packet;
  }
}

const exportsOf = (peer: Peer): number => peer.peer.session.stats().exports;
const speaking = (body: (peer: Peer) => Promise<void>): Promise<void> => withRawPeer((raw) => body(new Peer(raw)));

/** What the session closes for that is told of something that it has not lent. */
const violation = { name: "DataError", code: "protocol-violation" };

describe("OCapN: counts on the wire", () => {
  leavesNothing();

  it("count every time that an object was sent, in one slot", () =>
    speaking(async (peer) => {
      const slots = await peer.obtain(5);
      expect(slots).to.have.length(5);
      expect(new Set(slots).size).to.equal(1);
      expect(exportsOf(peer)).to.equal(1);
      await peer.release(slots[0]!, 5);
      expect(exportsOf(peer)).to.equal(0);
    }));

  it("keep an object of which three of five were released, and remove it with the other two", () =>
    speaking(async (peer) => {
      const slot = (await peer.obtain(5))[0]!;
      await peer.release(slot, 3);
      expect(exportsOf(peer)).to.equal(1);
      expect(await peer.deposit(slot, 1)).to.equal(2);
      await peer.release(slot, 2);
      expect(exportsOf(peer)).to.equal(0);
    }));

  it("add up over several messages, and several releases", () =>
    speaking(async (peer) => {
      const slot = (await peer.obtain(2))[0]!;
      expect(await peer.obtain(3)).to.deep.equal([slot, slot, slot]);
      for (let left = 5; left > 0; left--) {
        expect(exportsOf(peer)).to.equal(1);
        await peer.release(slot, 1);
      }
      expect(exportsOf(peer)).to.equal(0);
    }));

  it("begin anew, in a new slot, when a removed object is sent again, and calls reach it", () =>
    speaking(async (peer) => {
      const slot = (await peer.obtain(1))[0]!;
      await peer.release(slot, 1);
      const again = (await peer.obtain(1))[0]!;
      expect(again).not.to.equal(slot);
      expect(await peer.deposit(again, 4)).to.equal(5);
    }));

  it("end the session where more is released than was sent", () =>
    speaking(async (peer) => {
      const slot = (await peer.obtain(2))[0]!;
      expect(await rejection(peer.release(slot, 3))).to.include(violation);
      expect(await peer.peer.session.closed).to.include(violation);
    }));
});

describe("@endo/captp: slots of another session", () => {
  leavesNothing();

  it("are refused, and end the session that named them; the one that they are of goes on", () =>
    speaking(async (first) => {
      const slot = (await first.obtain(1))[0]!;
      await withRawPeer(async (forger) => {
        forger.send([0, 0, [Kind.call, slot, "deposit", 1, 1, 100]]);
        expect(await forger.session.closed).to.include(violation);
      });
      expect(await first.deposit(slot, 1)).to.equal(2);
    }));

  it("cannot be released by it either", () =>
    speaking(async (first) => {
      const slot = (await first.obtain(1))[0]!;
      await withRawPeer(async (forger) => {
        forger.send([0, 0, [Notice.release, slot, 1, undefined]]);
        expect(await forger.session.closed).to.include(violation);
      });
      expect(exportsOf(first)).to.equal(1);
      expect(await first.deposit(slot, 1)).to.equal(2);
    }));
});
