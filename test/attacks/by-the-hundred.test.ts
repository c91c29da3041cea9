import { expect } from "chai";
import { createHost, type Host } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { inEngine, isolated } from "../support/engine.js";
import { longestGaps } from "../support/heartbeat.js";

/**
 * A thousand do the same in Chromium, and take a minute of two processor cores; in one process with the page, half as many hold it up
 * as long. Firefox takes many times as long for each.
 */
const COUNT = inEngine({ chromium: isolated ? 200 : 100, firefox: 40, webkit: 200 });

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

describe("a unit that nests by the hundred", function () {
  this.timeout(60_000);
  let host: Host;
  before(() => void (host = createHost({ pool: {} })));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

  const cases = [
    ["frames", "frame", COUNT],
    ["workers", "frame", COUNT],
    ["workers", "worker", COUNT],
  ] as const;
  for (const [kind, isolation, count] of cases) {
    /** Firefox lets a worker that starts more than a few of its own wait for ever. */
    const comesBack =
      kind !== "workers" || isolation !== "worker" || inEngine({ chromium: true, firefox: false, webkit: true });
    it(`${kind} in a ${isolation} leaves the page alive, and goes with all of them`, async () => {
      const unit = await host.load<Sample>({ code }, { isolation });
      const { page: gap } = await longestGaps(async () => {
        const made = unit.exports[kind](count);
        if (comesBack) expect(await made).to.equal(count);
        else await new Promise((resolve) => setTimeout(resolve, 500));
        const settled = made.catch((error: Error) => error.name);
        await unit.unload({ mode: "force" });
        expect(await settled).to.equal(comesBack ? count : "DomainUnloadedError");
        // The next one comes up beside what is left of it.
        const next = await host.load<Sample>({ code }, { isolation });
        await next.unload();
      });
      expect(gap).to.be.below(2000);
    });
  }
});
