import { expect } from "chai";
import { RateLimit } from "../../src/services/rate-limit.js";

describe("a rate", () => {
  it("lets so many through in any such time, and says how long to wait", () => {
    const limit = new RateLimit({ count: 2, per: 100 });
    expect([0, 40, 50, 99].map((now) => limit.take(now))).to.deep.equal([0, 0, 50, 1]);
    expect([100, 101, 140, 141].map((now) => limit.take(now))).to.deep.equal([0, 39, 0, 59]);
  });

  it("of nothing lets nothing through", () => {
    expect(new RateLimit({ count: 0, per: 100 }).take(0)).to.equal(100);
  });
});
