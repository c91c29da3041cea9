import { expect } from "chai";
import { leavesNothing } from "../../support/baseline.js";
import { pageState } from "./page-state.js";
import { tryAll, witness, type Try } from "./tries.js";
import {
  isThereIn,
  isUnseen,
  isWorker,
  openHere,
  places,
  uncontrolledHere,
  type Group,
  type Vector,
} from "./vector.js";
import { watchBrowser } from "./watch-browser.js";

/** What an engine says of what it does not know. */
const NO_SUCH_THING = /is not a function|is not a constructor|is not defined|Can't find variable|undefined/;

const untold = "WebKit tells nobody which names it looks up";

/**
 * Describes that nothing of a group gets out of any place, apart from what it says of itself that the engine lets through;
 * which is a test as well, so that it is heard of when that changes. All tries are made at once, before the first test.
 */
export function describePlatform(group: Group): void {
  describe(`the platform: ${group.name}`, function () {
    let tries: Try[];
    let earlier: Record<string, string>;
    let later: Record<string, string>;
    let tellsLookups: boolean;
    const got = (vector: Vector, where: Try["where"]): string[] =>
      tries.filter((each) => each.vector === vector && each.where === where && each.through).map(({ depth }) => depth);
    const told = (vector: Vector, where: Try["where"]): string =>
      JSON.stringify(
        tries.filter((each) => each.vector === vector && each.where === where).map((each) => [each.depth, each.told]),
      );

    before(async function () {
      this.timeout(120_000);
      await watchBrowser(); // WebKit's driver leaves a global in the page that it looks at
      earlier = await pageState();
      tries = await tryAll(group);
      tellsLookups = (await watchBrowser()).lookups !== undefined;
      later = await pageState();
    });
    leavesNothing();

    for (const vector of group.vectors) {
      describe(vector.name, () => {
        if (isUnseen(vector)) {
          for (const where of ["control", ...places.map((place) => `in a ${place}`)]) {
            it(`${where}: is not seen: ${untold}`, () => expect(tellsLookups).to.equal(false));
          }
          return;
        }

        const uncontrolled = uncontrolledHere(vector);
        const from = [
          ...(isThereIn("frame", vector) ? ["plain frame"] : []),
          ...(isThereIn("worker", vector) ? ["plain worker"] : []),
        ];
        if (uncontrolled) {
          it(`control: does not arrive either: ${uncontrolled}`, () =>
            expect(got(vector, "control"), told(vector, "control")).to.deep.equal([]));
        } else if (from.length === 0) {
          it("control: is not there either: the engine has no such thing", () => {
            expect(got(vector, "control"), told(vector, "control")).to.deep.equal([]);
            const threw = tries.filter((each) => each.vector === vector && each.where === "control");
            for (const { told } of threw) expect(told).to.have.property("threw").that.matches(NO_SUCH_THING);
          });
        } else {
          it("control: arrives", () => expect(got(vector, "control"), told(vector, "control")).to.deep.equal(from));
        }

        for (const place of places) {
          const reason = openHere(vector, place);
          if (reason) {
            it(`in a ${place}: gets through: ${reason}`, () =>
              expect(got(vector, place)).to.include(vector.openFrom ?? "own"));
          } else {
            it(`in a ${place}: ${isThereIn(place, vector) ? "is stopped" : "is not there"}`, () =>
              expect(got(vector, place), told(vector, place)).to.deep.equal([]));
          }
        }
      });
    }

    for (const place of places) {
      const apart = isWorker(place) ? "" : ", and nothing runs in frames that it nests";
      it(`tries are made in a ${place}, by the unit and by a worker that it nests${apart}`, () => {
        const there = tries.filter(({ where }) => where === place);
        const made = there.filter(({ vector, through }) => vector === witness && through).map(({ depth }) => depth);
        expect(made, told(witness, place)).to.deep.equal(["own", "nested"]);
        // What ends its realm takes along who would tell.
        const lost = there.filter((each) => each.told && "lost" in each.told && !each.vector.leaves);
        expect(lost.map(({ vector, depth, told }) => [vector.name, depth, told])).to.deep.equal([]);
      });
    }

    it("leaves the page as it was", () => expect(later).to.deep.equal(earlier));
  });
}
