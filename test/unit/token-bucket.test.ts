import { expect } from "chai";
import { TokenBucket } from "../../src/policy/index.js";

describe("a token bucket", () => {
  let now = 0;
  const bucketOf = (perSecond: number): TokenBucket => new TokenBucket(perSecond, () => now);
  beforeEach(() => void (now = 0));

  it("gives out a second's worth at once, and no more", () => {
    const bucket = bucketOf(10);
    expect(bucket.take(10)).to.equal(0);
    expect(bucket.take(1)).to.equal(1);
  });

  it("fills with time, by the second", () => {
    const bucket = bucketOf(10);
    bucket.take(10);
    now = 500;
    expect(bucket.take(5)).to.equal(0);
    expect(bucket.take(2)).to.equal(2);
    now = 700;
    expect(bucket.take(2)).to.equal(0);
  });

  it("holds no more after an hour than after a second", () => {
    const bucket = bucketOf(10);
    now = 3_600_000;
    expect(bucket.take(11)).to.equal(1);
    expect(bucket.take(10)).to.equal(0);
  });

  it("keeps what it has where it has not enough", () => {
    const bucket = bucketOf(10);
    expect(bucket.take(25)).to.equal(15);
    expect(bucket.take(10)).to.equal(0);
  });

  it("of Infinity gives out everything", () => {
    const bucket = bucketOf(Infinity);
    for (let turn = 0; turn < 3; turn++) expect(bucket.take(1e12)).to.equal(0);
  });
});
