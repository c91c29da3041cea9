import { expect } from "chai";
import { release } from "leasehold/remoting";
import { leavesNothing } from "../support/baseline.js";
import { collectUntil } from "../support/collect.js";
import { rejection } from "../support/rejection.js";
import { collectOften, settled, thenRelease, withPair } from "./support.js";

/** Something that crosses by reference. */
class Thing {
  constructor(readonly side: string) {}
  where(): string {
    return this.side;
  }
}

describe("@endo/captp: loopback", () => {
  leavesNothing();

  class Handle {
    open(): boolean {
      return true;
    }
  }
  const handle = new Handle();
  const access = {
    isHandle: (candidate: Handle) => candidate === handle,
    handle: () => handle,
    handleLater: async () => handle,
  };

  class Trigger {
    constructor(readonly name: string) {}
    pull(): string {
      return `${this.name}: bang`;
    }
  }
  const encourager = {
    encourage: (name: string) => ({
      comment: `well done, ${name}`,
      bang: settled(30).then(() => new Trigger(name)),
    }),
  };

  it("calls a member of a member in one go", () =>
    withPair({ access }, async ({ remote }) => {
      const received = await remote.access.handle();
      expect(await remote.access.isHandle(received)).to.equal(true);
      release(received);
    }));

  it("turns a promise inside a result into a promise, which settles on its own", () =>
    withPair({ encourager }, async ({ remote }) => {
      const { comment, bang } = await remote.encourager.encourage("buddy");
      expect(comment).to.equal("well done, buddy");
      const trigger = await bang;
      expect(await trigger.pull()).to.equal("buddy: bang");
      release(trigger);
    }));

  it("reads a member that is a promise once it has settled", () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    return withPair({ promise }, async ({ remote }) => {
      const reading = remote.promise.then((value) => value);
      await settled();
      resolve("resolution");
      expect(await reading).to.equal("resolution");
    });
  });

  it("takes no object for another that merely looks like it", () =>
    withPair(
      {
        isHandle: (candidate: Handle) => thenRelease(candidate, (received) => received === handle),
      },
      async ({ remote }) => {
        expect(await remote.isHandle(new Handle())).to.equal(false);
      },
    ));

  it("takes home a reference that was got along another way", () =>
    withPair({ access, handle: () => handle }, async ({ remote }) => {
      const received = await remote.handle();
      expect(await remote.access.isHandle(received)).to.equal(true);
      release(received);
    }));

  it("takes home a reference that is still a promise", () =>
    withPair({ access }, async ({ remote }) => {
      const promised = remote.access.handleLater();
      expect(await remote.access.isHandle(promised)).to.equal(true);
    }));
});

describe("@endo/captp: crosstalk", () => {
  leavesNothing();

  const right = {
    thing: new Thing("right"),
    isOn: (thing: Thing, side: string) => thenRelease(thing, async (one) => (await one.where()) === side),
  };

  it("calls an object where it lives, whichever side asks", () =>
    withPair(right, async ({ remote }) => {
      const thing = await remote.thing;
      expect(await remote.isOn(thing, "right")).to.equal(true);
      expect(await remote.isOn(new Thing("left"), "left")).to.equal(true);
      release(thing);
    }));

  it("never confuses the references of two sessions, which have the same numbers", () =>
    withPair({ make: () => new Thing("first") }, (first) =>
      withPair(
        {
          make: () => new Thing("second"),
          where: (thing: Thing) => thenRelease(thing, (one) => one.where()),
        },
        async (second) => {
          const foreign = await first.remote.make();
          const own = await second.remote.make();
          expect(await second.remote.where(foreign)).to.equal("first");
          expect(await second.remote.where(own)).to.equal("second");
          release([foreign, own]);
        },
      ),
    ));
});

describe("@endo/captp: disconnecting", () => {
  leavesNothing();

  const api = { prop: 1, method: () => "hello", hang: () => new Promise<never>(() => {}) };

  it("rejects reads, calls and what depends on them that are under way, and all later ones", () =>
    withPair(
      api,
      async ({ remote, near }) => {
        const under = [remote.prop, remote.method(), remote.hang()].map((promise) => rejection(promise));
        near.close();
        for (const error of [...(await Promise.all(under)), await rejection(remote.method())]) {
          expect(error).to.include({ name: "DomainUnloadedError", code: "session-closed" });
        }
      },
      { closes: true },
    ));

  it("rejects them with the reason that was given, and tells it to who waits for the end", () =>
    withPair(
      api,
      async ({ remote, near }) => {
        const reason = new Error("something");
        const sent = rejection(remote.hang());
        await settled(0);
        const queued = rejection(remote.hang());
        near.close(reason);
        expect(await sent).to.equal(reason);
        expect(await queued).to.equal(reason);
        expect(await rejection(remote.prop)).to.equal(reason);
        expect(await near.closed).to.equal(reason);
      },
      { closes: true },
    ));
});

describe("@endo/captp: collection", () => {
  leavesNothing();

  it("drops on both sides what neither uses any more", () =>
    withPair(
      { call: async (thing: Thing) => thing.where(), thing: () => new Thing("far") },
      async ({ remote }) => {
        expect(await remote.call(new Thing("near"))).to.equal("near");
        expect(await (await remote.thing()).where()).to.equal("far");
      },
      { collects: true },
    ));

  it("drops the one remote that nobody holds, and keeps the one that somebody does", () =>
    withPair({ make: (side: string) => new Thing(side) }, async ({ remote, near, far }) => {
      const kept = await remote.make("kept");
      await (await remote.make("dropped")).where();
      await collectUntil("the dropped one is gone", () => far.stats().exports === 1 && near.stats().imports === 1);
      await collectOften();
      expect(await kept.where()).to.equal("kept");
      release(kept);
    }));
});

describe("@endo/captp: what is exported", () => {
  leavesNothing();

  const api = { echo: (...values: unknown[]) => values };

  it("makes no reference for data", () =>
    withPair(api, async ({ remote, near, far }) => {
      expect(await remote.echo()).to.deep.equal([]);
      const echoed = remote.echo(1, 2, { foo: "just data" });
      expect(await echoed).to.deep.equal([1, 2, { foo: "just data" }]);
      expect(near.stats()).to.include({ exports: 0, imports: 0 });
      expect(far.stats()).to.include({ exports: 0, imports: 0 });
    }));

  it("finds promises and references at any depth, and its own come home as they were", () => {
    const far = { echo: async (value: { nested: Promise<unknown>[]; thing: object }) => echoAndRelease(value) };
    return withPair(far, async ({ remote }) => {
      const thing = new Thing("near");
      const echoed = await remote.echo({ nested: [Promise.resolve("settled")], thing });
      expect(await echoed.nested[0]).to.equal("settled");
      expect(echoed.thing).to.equal(thing);
    });
  });

  it("has exported nothing when the call turns out to be impossible", () =>
    withPair(api, async ({ remote, near }) => {
      const error = await rejection(remote.echo(new Thing("near"), () => 1, Symbol("no")));
      expect(error).to.include({ name: "DataError", code: "not-cloneable" });
      expect(near.stats()).to.include({ exports: 0, pending: 0 });
    }));

  it("makes one reference for one object", () =>
    withPair({ data: () => ({ key: "value" }), make: () => new Thing("far") }, async ({ remote, near, far }) => {
      await remote.data();
      expect(far.stats().exports).to.equal(0);
      const thing = await remote.make();
      await thing.where();
      expect(far.stats().exports).to.equal(1);
      expect(near.stats().imports).to.equal(1);
      release(thing);
    }));
});

/** Sends back what came, and lets go of it once the answer has left. */
function echoAndRelease<T>(value: T): T {
  void settled().then(() => release(value));
  return value;
}
