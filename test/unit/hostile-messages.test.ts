import { expect } from "chai";
import { leavesNothing } from "../support/baseline.js";
import { Fuzzer } from "./hostile/fuzzer.js";
import { rounds } from "../support/rounds.js";

/** How many pages are attacked at a time, and how often; `npm run fuzz` goes on for longer. */
const PAGES = rounds(150);
const ROUNDS = 8;
const SEED = 20_261_121;

describe("a page whose peer sends messages with something wrong in them", () => {
  leavesNothing();

  let fuzzer: Fuzzer;
  before(async () => void (fuzzer = await Fuzzer.open()));
  after(() => fuzzer.close());

  it("closes the session or answers, is unharmed, and holds nothing afterwards", async function () {
    this.timeout(120_000);
    const began = performance.now();
    for (let seed = SEED; seed < SEED + ROUNDS; seed++) {
      const fault = await fuzzer.round(seed, PAGES);
      if (fault)
        throw new Error(`Seed ${seed}: ${JSON.stringify(fault.attack)}: ${fault.error.stack}`, { cause: fault.error });
    }
    const { sent, closed, alive } = fuzzer;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`seed ${SEED}: ${sent} wrong messages, ${closed} sessions closed, ${alive} not, ${seconds} s`);
    expect(sent).to.be.at.least(rounds(30_000));
    expect(Math.min(closed, alive), "sessions of either fate").to.be.at.least(rounds(200));
  });
});
