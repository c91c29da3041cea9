import { expect } from "chai";
import { LeaseholdError } from "../../src/errors.js";
import { effectiveLimits, givenLimits, sessionLimits, type Limits } from "../../src/policy/index.js";
import { connect } from "../../src/remoting/connect/index.js";
import { leavesNothing } from "../support/baseline.js";

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe("limits", () => {
  leavesNothing();

  it("are the load's, else the host's, else the defaults", () => {
    const limits = sessionLimits({ leases: 1, pendingCalls: 2 }, { leases: 3 });
    expect(limits).to.include({ leases: 3, pendingCalls: 2, ownPendingCalls: 2, messageBytes: 16 * 2 ** 20 });
    expect(givenLimits({ leases: 1 })).to.include({ leases: 1, messageBytes: Infinity });
  });

  it("that are undefined are not given, and lift none", () => {
    const none = { messageBytes: undefined, callTimeout: undefined } as unknown as Limits;
    expect(sessionLimits({ messageBytes: 5 }, none)).to.include({ messageBytes: 5 });
    expect(effectiveLimits(none, none)).to.deep.equal(effectiveLimits(undefined, undefined));
    expect(givenLimits(none)).to.include({ messageBytes: Infinity });
  });

  for (const value of [NaN, -1, "100", null, {}, [5], Symbol("5")]) {
    it(`that are ${typeof value === "symbol" ? "a symbol" : JSON.stringify(value)} are refused`, () => {
      const limits = { leases: value } as unknown as Limits;
      const { port1, port2 } = new MessageChannel();
      for (const act of [
        () => effectiveLimits(limits, undefined),
        () => sessionLimits(undefined, limits),
        () => connect(port1, { limits }),
      ]) {
        const error = thrownBy(act);
        expect(error).to.be.instanceOf(LeaseholdError).and.include({ name: "DataError", code: "limit-invalid" });
        expect((error as Error).message).to.include("limits.leases");
      }
      for (const port of [port1, port2]) port.close();
    });
  }
});
