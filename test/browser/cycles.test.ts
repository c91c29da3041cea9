import { expect } from "chai";
import { createHost, type Host, type Isolation } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { isolations } from "../support/every-isolation.js";
import { measure, type Measurement, type Metrics } from "../support/measure.js";
import { until } from "../support/until.js";

/** Units that are loaded, called and unloaded side by side. */
const WIDTH = 5;
const CYCLES = 90;
/** Cycles after which the engine's own caches are filled. */
const WARM_UP = 50;
/** Bytes of the page's heap, once and a cycle: the engine compiles as it goes. A frame not let go costs 9,000, a realm megabytes. */
const NEGLIGIBLE = { once: 256 << 10, cycle: 2000 };

/** A module of one megabyte, with some functions and objects in it. */
function megabyte(): string {
  const functions = Array.from({ length: 500 }, (_, n) => `const f${n} = (a) => ({ a, n: ${n} });`).join("\n");
  return `${functions}\nexport const call = (n) => f7(n); export const held = "${"x".repeat((1 << 20) - functions.length)}".split("");`;
}

async function cycle(host: Host, isolation: Isolation, code: string): Promise<void> {
  const unit = await host.load<{ call(n: number): { a: number } }>({ code }, { isolation });
  expect(await unit.exports.call(5)).to.deep.equal({ a: 5, n: 7 });
  await unit.unload();
}

/** The counts once nothing but the pool is there; what was let go may take more than one collection to go. */
async function settled(host: Host, expected?: Pick<Metrics, "Documents" | "Frames">): Promise<Measurement | undefined> {
  await until("the pool is full", () => host.stats().warm === WIDTH);
  let measurement = await measure();
  for (let turn = 0; turn < 20 && expected && measurement; turn++) {
    const { Documents, Frames } = measurement.page;
    if (Documents <= expected.Documents && Frames <= expected.Frames) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
    measurement = await measure();
  }
  return measurement;
}

const inMegabytes = (bytes = 0): string => `${(bytes / 2 ** 20).toFixed(2)} MB`;

describe("loading and unloading a megabyte, over and over", function () {
  this.timeout(100_000);
  leavesNothing();

  for (const isolation of isolations) {
    it(`leaves nothing behind in a ${isolation}`, async () => {
      const code = megabyte();
      const host = createHost({ pool: { frame: 0, worker: 0, [isolation]: WIDTH } });
      const started = performance.now();
      let cycles = 0;
      const runTo = async (end: number): Promise<void> => {
        for (; cycles < end; cycles += WIDTH) {
          await Promise.all(Array.from({ length: WIDTH }, () => cycle(host, isolation, code)));
        }
      };
      await runTo(WARM_UP);
      const early = await settled(host);
      await runTo(CYCLES);
      const late = await settled(host, early?.page);
      const time = (performance.now() - started) / cycles;
      await host.dispose();
      if (!early || !late) return; // the counts of what is in the page, which are looked at after each test, are all that there is

      const growth = late.page.JSHeapUsedSize - early.page.JSHeapUsedSize;
      const report =
        `${isolation}: ${cycles} cycles of ${time.toFixed(0)} ms; page ${inMegabytes(early.page.JSHeapUsedSize)} after ` +
        `${WARM_UP}, ${inMegabytes(late.page.JSHeapUsedSize)} after ${cycles}; its frames' process ` +
        `${inMegabytes(early.frames?.JSHeapUsedSize)}, ${inMegabytes(late.frames?.JSHeapUsedSize)}; ${JSON.stringify(late)}`;
      expect(late.page.Documents, report).to.be.at.most(early.page.Documents);
      expect(late.page.Frames, report).to.be.at.most(early.page.Frames);
      expect(late.page.JSEventListeners, report).to.be.at.most(early.page.JSEventListeners + WIDTH);
      expect(growth, report).to.be.below(NEGLIGIBLE.once + NEGLIGIBLE.cycle * cycles);
    });
  }
});
