import { expect } from "chai";
import { Ledger, type Account } from "../../src/lifetime/index.js";
import { createRemote, release, Session } from "../../src/remoting/index.js";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

const ROOT = 1;

/** A unit as the page has it: its account, its session, and its exports. */
interface Loaded<T> {
  account: Account;
  exports: T;
  /** Takes it away, as a host does. */
  close(): void;
}

class Point {
  read(): number {
    return 7;
  }
}

const one = {
  make: () => new Point(),
  makeIn: (ms: number) => new Promise((resolve) => setTimeout(() => resolve(new Point()), ms)),
  hold: (thing: unknown, ms: number) => new Promise((resolve) => setTimeout(() => resolve(typeof thing), ms)),
  fail: () => {
    throw Object.assign(new Error("with a point"), { point: new Point() });
  },
};
type One = typeof one;

/** What the second unit has made so far, for whoever asks twice. */
const own = new Point();
let kept: Point | undefined;
const two = {
  own: () => own,
  /** Reads what is made without ever awaiting that itself. */
  chain: async (other: One) => await other.make().read(),
  keep: async (other: One) => {
    kept = other.make();
    await other.hold(own, 1);
  },
  fetch: async () => {
    const point = await (kept as unknown as Promise<Point>);
    return point.read();
  },
  start: (other: One, ms: number) => void other.makeIn(ms),
  wait: (other: One, ms: number) => other.makeIn(ms),
  pass: (other: One, ms: number) => other.hold(own, ms),
  fail: (other: One) => Promise.resolve(other.fail()).catch((error: Error) => error.message),
  call: (callback: () => unknown) => callback(),
};
type Two = typeof two;

async function withUnits(
  body: (first: Loaded<One>, second: Loaded<Two>, ledger: Ledger) => Promise<void>,
  onTake: () => void = () => {},
): Promise<void> {
  const ledger = new Ledger({ onTake, onRelease() {}, onSettled() {} });
  const load = <T extends object>(name: string, exports: T): Loaded<T> => {
    const { port1, port2 } = new MessageChannel();
    const [session, guest] = [new Session(port1), new Session(port2)];
    guest.expose(ROOT, exports);
    const account = ledger.open(name);
    session.enter(account);
    const reason = (): Error => new Error(`${name} is gone`);
    return {
      account,
      exports: createRemote(() => session.invoker, ROOT) as unknown as T,
      close() {
        session.close(reason);
        ledger.close(account);
        guest.close(reason());
      },
    };
  };
  const [first, second] = [load("one", one), load("two", two)];
  try {
    await body(first, second, ledger);
  } finally {
    first.close();
    second.close();
  }
}

/** Kind and holder of each lease on a unit, without calls. */
const leasesOn = ({ account }: Loaded<unknown>): string[] =>
  [...account.leases].map(({ kind, holder }) => `${kind} by ${holder?.unit ?? "host"}`);

const turns = (ms = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("what only goes through the page, from a unit to another, leaves nothing with it", () => {
  leavesNothing();

  it("where it is kept, as nobody has awaited it: that holds no unit", () =>
    withUnits(async (first, second) => {
      expect(await second.exports.chain(first.exports)).to.equal(7);
      expect(leasesOn(first)).to.deep.equal(["dependent by two"]);
      expect(await second.exports.keep(first.exports)).to.equal(undefined);
      await until("it is kept", () => !leasesOn(first).includes("instance by host"));
      expect(await second.exports.fetch()).to.equal(7);
      expect(leasesOn(first)).to.deep.equal(["dependent by two", "instance by two"]);
    }));

  it("where it is kept for a unit that is then taken away", () =>
    withUnits(async (first, second) => {
      expect(await second.exports.chain(first.exports)).to.equal(7);
      second.close();
      expect(leasesOn(first)).to.deep.equal([]);
    }));

  it("where it comes after the unit that waits for it has been taken away", () =>
    withUnits(async (first, second) => {
      const waiting = rejection(second.exports.wait(first.exports, 40) as Promise<unknown>);
      await turns();
      second.close();
      await waiting;
      await turns(60);
      expect(leasesOn(first)).to.deep.equal([]);
    }));

  it("where it comes late, to be kept, after the unit that asked for it has been taken away", () =>
    withUnits(async (first, second) => {
      await second.exports.start(first.exports, 40);
      await turns();
      second.close();
      await turns(60);
      expect(leasesOn(first)).to.deep.equal([]);
    }));

  it("where it is what was thrown, in an error", () =>
    withUnits(async (first, second) => {
      expect(await second.exports.fail(first.exports)).to.equal("with a point");
      await until("the page holds nothing", () => !leasesOn(first).includes("instance by host"));
    }));

  it("where it turns up when the unit that is to get it is just being taken away", () =>
    withUnits(async (first, second) => {
      const point = await first.exports.make();
      const calling = rejection(
        second.exports.call(() => {
          const { promise, resolve } = Promise.withResolvers<unknown>();
          queueMicrotask(() => {
            second.close();
            resolve(point);
          });
          return promise;
        }) as Promise<unknown>,
      );
      await calling;
      await turns();
      expect(leasesOn(first)).to.deep.equal(["instance by host"]);
      release(point);
      expect(leasesOn(first)).to.deep.equal([]);
    }));

  it("and takes nothing along that the page has got otherwise since", () =>
    withUnits(async (first, second) => {
      const early = await second.exports.own();
      const passing = second.exports.pass(first.exports, 60);
      await turns();
      release(early);
      const again = await second.exports.own();
      await passing;
      await turns();
      expect(await again.read()).to.equal(7);
      release(again);
    }));
});
