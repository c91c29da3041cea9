import { expect } from "chai";
import { createHost, type Host } from "leasehold";
import { leavesNothing } from "../support/baseline.js";

const code = `
  export const frames = (count) => {
    for (let i = 0; i < count; i++) document.body.append(document.createElement("iframe"));
    return document.querySelectorAll("iframe").length;
  };
  export const workers = (count) => {
    const url = URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" }));
    const made = [];
    for (let i = 0; i < count; i++) made.push(new Worker(url));
    globalThis.made = made;
    return made.length;
  };
`;
interface Sample {
  frames(count: number): number;
  workers(count: number): number;
}

/** Milliseconds between two turns of the page's event loop, at most, while the body runs. */
async function longestGap(body: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  await body().finally(() => clearInterval(timer));
  return longest;
}

describe("a unit that nests by the thousand", function () {
  this.timeout(60_000);
  let host: Host;
  before(() => void (host = createHost({ pool: {} })));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

  const cases = [
    ["frames", "frame", 1000],
    ["workers", "frame", 1000],
    ["workers", "worker", 1000],
  ] as const;
  for (const [kind, isolation, count] of cases) {
    it(`${kind} in a ${isolation} leaves the page alive, and goes with all of them`, async () => {
      const unit = await host.load<Sample>({ code }, { isolation });
      const gap = await longestGap(async () => {
        expect(await unit.exports[kind](count)).to.equal(count);
        await unit.unload({ mode: "force" });
        // The next one comes up beside what is left of it.
        const next = await host.load<Sample>({ code }, { isolation });
        await next.unload();
      });
      expect(gap).to.be.below(2000);
    });
  }
});
