import { expect } from "chai";
import { release, type Planned } from "../../src/remoting/index.js";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { TARGET, withSessions, type SessionPair } from "../support/session-pair.js";
import { until } from "../support/until.js";

class Thing {
  name = "thing";
}
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const service = {
  make: () => new Thing(),
  makeLater: async () => {
    await tick();
    return new Thing();
  },
  failLater: async (): Promise<Thing> => {
    await tick();
    throw new RangeError("no");
  },
  nameOf: (thing: Thing) => thing.name,
  nothing: () => {},
};
type Service = typeof service;

const use = (body: (pair: SessionPair<Service>) => Promise<void>): Promise<void> =>
  withSessions(service, async (pair) => {
    await body(pair);
    await until("both sides' tables are empty", () =>
      [pair.caller, pair.callee].every((session) => {
        const { exports, imports, pending } = session.stats();
        return exports + imports + pending === 0;
      }),
    );
  });

describe("a plan that captures a remote promise", () => {
  leavesNothing();

  const plan = (pair: SessionPair<Service>, body: (api: Planned<Service>) => unknown): Promise<unknown> =>
    pair.caller.chunk(TARGET, body as (root: never) => unknown);

  it("travels with its call", () =>
    use(async (pair) => {
      const thing = pair.remote.make();
      expect(await plan(pair, (api) => api.nameOf(thing))).to.equal("thing");
      release(thing);
    }));

  it("uses what is kept over there", () =>
    use(async (pair) => {
      const thing = pair.remote.make();
      await pair.remote.nothing();
      expect(await plan(pair, (api) => [api.nameOf(thing)])).to.deep.equal(["thing"]);
      release(thing);
    }));

  it("waits for what has left and is not there yet", () =>
    use(async (pair) => {
      const thing = pair.remote.makeLater();
      await pair.remote.nothing();
      const names = plan(pair, (api) => ({ one: api.nameOf(thing), other: api.nameOf(api.make()) }));
      expect(await names).to.deep.equal({ one: "thing", other: "thing" });
      release(thing);
    }));

  it("fails with it, naming its call", () =>
    use(async (pair) => {
      const thing = pair.remote.failLater();
      const error = await rejection(plan(pair, (api) => api.nameOf(thing)));
      expect(error).to.be.instanceOf(RangeError).and.to.include({ message: "failLater() failed: no" });
    }));
});
