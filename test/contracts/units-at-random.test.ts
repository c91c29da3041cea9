import { expect } from "chai";
import fc from "fast-check";
import { inEveryIsolation } from "../support/every-isolation.js";
import { acts, RandomUnits, type Step } from "./random-units.js";

const unit = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof(
    ...(Object.keys(acts) as Step["act"][]).map((act) => ({
      arbitrary: fc.constant(act),
      weight: act.startsWith("unload") ? 1 : 4,
    })),
  ),
  one: unit,
  other: unit,
  first: fc.nat({ max: 8 }),
  second: fc.nat({ max: 29 }),
  keeps: fc.boolean(),
  isLast: fc.nat({ max: 4 }).map((n) => n === 0),
});
const lives = fc.record({
  areAutomatic: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  steps: fc.array(step, { maxLength: 200, size: "max" }),
});

inEveryIsolation("units that hold and call each other at random", (place) => {
  const live = async (seed?: number): Promise<void> => {
    let patience = 10_000;
    const property = fc.asyncProperty(fc.noBias(lives), async ({ areAutomatic, steps }) => {
      const world = new RandomUnits(place, areAutomatic);
      try {
        await world.live(steps);
        await world.end(patience);
        expect(world.unexpected).to.deep.equal([]);
        expect(place.host().snapshot()).to.deep.equal({ units: [], leases: [] });
      } catch (error) {
        // From here on it is shrunk, and each try has to wait for what does not come.
        patience = 1000;
        throw error;
      } finally {
        await world.close();
      }
    });
    await fc.assert(property, {
      ...(seed !== undefined && { seed }),
      numRuns: 2,
      interruptAfterTimeLimit: 100_000,
      includeErrorInReport: true,
    });
  };

  it("have every call settle, and all go once they were asked to, whatever was taken away meanwhile", function () {
    this.timeout(150_000);
    return live(2_212_775_125);
  });

  it("do so, too, in lives that nobody has seen yet", function () {
    this.timeout(150_000);
    return live();
  });
});
