import { expect } from "chai";
import { finalizer, release } from "leasehold/remoting";
import { leavesNothing } from "../support/baseline.js";
import { until } from "../support/until.js";
import { settled, thenRelease, withPair } from "./support.js";

describe("capnweb: disposal of what a call is made on", () => {
  leavesNothing();

  it("is told once, and after the call, where it was an argument of that call, too", () => {
    let finalized = 0;
    class Thing {
      same(other: Thing): boolean {
        return other === this;
      }
      [finalizer](): void {
        finalized++;
      }
    }
    return withPair({ make: () => new Thing() }, async ({ remote }) => {
      const thing = await remote.make();
      const answer = thing.same(thing);
      release(thing);
      expect(await answer).to.equal(true);
      await until("it is told", () => finalized > 0);
      await settled();
      expect(finalized).to.equal(1);
    });
  });

  // capnweb's dup() makes a second stub, for a second owner. Here each is a reference that came: released one by one.
  it("waits for every owner that has a reference of its own", () => {
    let finalized = 0;
    class Thing {
      read(): number {
        return 7;
      }
      [finalizer](): void {
        finalized++;
      }
    }
    const read = (thing: Thing) => thenRelease(thing, (one) => one.read());
    const only = new Thing();
    return withPair({ get: () => only }, (first) =>
      withPair({ get: () => only, read }, async (second) => {
        const [one, other] = [await first.remote.get(), await second.remote.get()];
        release(one);
        await settled();
        expect(await other.read()).to.equal(7);
        release(other);
        await until("both are told", () => finalized === 2);
      }),
    );
  });

  it("leaves the order of the calls that were made before and after it", () => {
    const heard: string[] = [];
    class Thing {
      [finalizer](): void {
        heard.push("finalized");
      }
      say(word: string): void {
        heard.push(word);
      }
    }
    const api = { make: () => new Thing(), say: (word: string) => void heard.push(word) };
    return withPair(api, async ({ remote }) => {
      const thing = await remote.make();
      const calls = [thing.say("before"), remote.say("between")];
      release(thing);
      calls.push(remote.say("after"));
      await Promise.all(calls);
      await until("it is told", () => heard.includes("finalized"));
      expect(heard.filter((word) => word !== "finalized")).to.deep.equal(["before", "between", "after"]);
      expect(heard.indexOf("finalized")).to.be.above(heard.indexOf("before"));
    });
  });

  it("in the turn in which it is sent again spares what was sent again", () => {
    class Thing {
      read(): number {
        return 7;
      }
    }
    let kept: Thing | undefined;
    const api = {
      keep: (thing: Thing) => void (kept = thing),
      drop: () => release(kept),
      read: () => kept!.read(),
    };
    return withPair(api, async ({ remote }) => {
      const thing = new Thing();
      await remote.keep(thing);
      await Promise.all([remote.drop(), remote.keep(thing)]);
      expect(await remote.read()).to.equal(7);
      await remote.drop();
    });
  });
});
