import { expect } from "chai";
import { giveBack, release } from "../../src/remoting/index.js";
import { withSessions } from "../support/session-pair.js";
import { endless, nested } from "./hostile/requests.js";

class Point {
  read(): number {
    return 7;
  }
}
const service = { make: () => new Point() };

describe("letting go of all remotes in a value", () => {
  for (const [name, letGo] of Object.entries({ release, giveBack })) {
    it(`finds them in an array that is as long as one can be, and next to empty: ${name}()`, () =>
      withSessions(service, async ({ caller, remote }) => {
        const began = performance.now();
        letGo(endless(await remote.make()));
        expect(performance.now() - began).to.be.below(500);
        expect(caller.stats().imports).to.equal(0);
      }));

    it(`finds them however deep they are: ${name}()`, () =>
      withSessions(service, async ({ caller, remote }) => {
        letGo(nested(100_000, await remote.make()));
        expect(caller.stats().imports).to.equal(0);
      }));
  }

  it("lets go of them in the order in which they are there", () =>
    withSessions(service, async ({ caller, remote }) => {
      const things = await Promise.all([1, 2, 3].map(() => remote.make()));
      release([things[0], new Map([[things[1], new Set([things[2]])]])]);
      expect(caller.stats().imports).to.equal(0);
    }));
});

describe("a remote that is let go of where it came", () => {
  it("does not have all that comes with it looked through each time", () => {
    const service = {
      fire(listener: (thing: object) => unknown, times: number): Promise<unknown> {
        class Point {}
        return Promise.all(Array.from({ length: times }, () => listener(new Point())));
      },
    };
    return withSessions(service, async ({ caller, remote }) => {
      const began = performance.now();
      await remote.fire((thing: object) => release(thing), 10_000);
      expect(performance.now() - began).to.be.below(2000);
      expect(caller.stats().imports).to.equal(0);
    });
  });
});
