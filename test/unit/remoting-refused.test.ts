import { expect } from "chai";
import { release, transfer } from "leasehold/remoting";
import { settled, withPair } from "../ported/support.js";

class Thing {
  hello(): string {
    return "hi";
  }
}
const one = new Thing();
const detached = (): ArrayBuffer => {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
};
const far = {
  thing: () => one,
  later: (ms: number) => settled(ms).then(() => ms),
  size: (...values: unknown[]) => values.length,
  port: () => {
    const { port1 } = new MessageChannel();
    return transfer({ port: port1 }, [port1]);
  },
  bad: () => detached(),
  fail: (): number => {
    throw Object.assign(new Error("no"), { buffer: detached() });
  },
};

describe("what cannot be sent", () => {
  it("a call that waits for a result does not break the protocol when its remote is released meanwhile", () =>
    withPair(far, async ({ remote }) => {
      const thing = await remote.thing();
      const slow = remote.later(60);
      slow.catch(() => {});
      await settled(10);
      const call = (thing.hello as (...args: unknown[]) => Promise<string>)(slow).catch((error: unknown) => error);
      release(thing);
      await call;
      expect(await remote.size(1)).to.equal(1);
    }));

  it("a call that cannot be sent does not take along one that moves something", () =>
    withPair(far, async ({ remote }) => {
      const { port1 } = new MessageChannel();
      const [good, bad] = await Promise.allSettled([
        remote.size(transfer({ port1 }, [port1])),
        remote.size(detached()),
      ]);
      expect([good.status, bad.status]).to.deep.equal(["fulfilled", "rejected"]);
    }));

  it("a result that cannot be sent does not take along one that moves something", () =>
    withPair(far, async ({ remote }) => {
      const [bad, good] = await Promise.allSettled([remote.bad(), remote.port()]);
      expect([good.status, bad.status]).to.deep.equal(["fulfilled", "rejected"]);
    }));

  it("a failure that cannot be sent is answered by one that can", () =>
    withPair(far, async ({ remote }) => {
      const outcome = await Promise.race([remote.fail().catch((error: Error) => error.message), settled(500)]);
      expect(outcome).to.be.a("string");
    }));
});
