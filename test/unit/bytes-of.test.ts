import { expect } from "chai";
import { bytesOf } from "../../src/remoting/wire/bytes-of.js";
import { endless, nested } from "./hostile/requests.js";

const MOST = 1 << 20;
/** Bits of a number, which no engine has more of. */
const LONGEST = 1 << 20;
const HALF = MOST / 2;
const most = (value: object): number => bytesOf([value], MOST);

describe("how many bytes a message counts for", () => {
  it("are few where there is little in it", () => {
    expect(bytesOf([0, 1, [1, 1, "name", 2, 1, "text", 7]], MOST)).to.be.within(100, 1000);
  });

  const large: Record<string, () => object> = {
    text: () => ["x".repeat(MOST)],
    "text of two bytes a character": () => ["€".repeat(HALF)],
    "the name of a property": () => ({ ["x".repeat(MOST)]: 1 }),
    "the key of a Map": () => new Map([["x".repeat(MOST), 1]]),
    "a member of a Set": () => new Set(["x".repeat(MOST)]),
    "a buffer that is twice as large": () => new ArrayBuffer(2 * MOST),
    "the buffer of a view of one byte": () => new Uint8Array(new ArrayBuffer(2 * MOST), 0, 1),
    "a number as long as the engine has them": () =>
      Array(Math.ceil((8 * MOST) / LONGEST)).fill(1n << BigInt(LONGEST - 1)),
    "many numbers": () => Array.from({ length: MOST / 16 }, (_, index) => index),
    "many objects": () => Array.from({ length: MOST / 128 }, () => ({ a: 1 })),
    "many properties": () => Object.fromEntries(Array.from({ length: MOST / 16 }, (_, index) => [index, 1])),
    "the message of an error": () => new Error("x".repeat(MOST)),
    "what is far down": () => nested(10_000, "x".repeat(MOST)) as object,
  };
  for (const [name, make] of Object.entries(large)) {
    it(`are those of ${name}, too`, () => {
      expect(most(make())).to.be.above(MOST);
    });
  }

  it("are those of text that is half as long, and not more", () => {
    expect(most(["x".repeat(HALF)])).to.be.within(HALF, HALF + 1000);
  });

  it("are counted once of what is there several times, or leads back to itself", () => {
    const buffer = new ArrayBuffer(2 * HALF);
    expect(most(Array.from({ length: 400 }, () => buffer))).to.be.within(HALF, HALF + 10_000);
    const ring: unknown[] = ["x".repeat(HALF)];
    ring.push(ring);
    expect(most(ring)).to.be.within(HALF, HALF + 1000);
  });

  it("are few of a list that is as long as one can be, and empty", () => {
    const began = performance.now();
    expect(most(endless("one"))).to.be.below(1000);
    expect(performance.now() - began).to.be.below(100);
  });
});
