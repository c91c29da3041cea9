import { expect } from "chai";
import { leavesNothing } from "../../support/baseline.js";
import { pageState } from "./page-state.js";
import { tryAll, witness, type Try } from "./tries.js";
import { places, type Group, type Place, type Vector } from "./vector.js";

const isWorker = (place: Place): boolean => place.endsWith("worker");

/**
 * Describes that nothing of a group gets out of any place, apart from what it says of itself that the engine lets through;
 * which is a test as well, so that it is heard of when that changes. All tries are made at once, before the first test.
 */
export function describePlatform(group: Group): void {
  describe(`the platform: ${group.name}`, function () {
    let tries: Try[];
    let earlier: Record<string, string>;
    let later: Record<string, string>;
    const got = (vector: Vector, where: Try["where"]): string[] =>
      tries.filter((each) => each.vector === vector && each.where === where && each.through).map(({ depth }) => depth);
    const told = (vector: Vector, where: Try["where"]): string =>
      JSON.stringify(
        tries.filter((each) => each.vector === vector && each.where === where).map((each) => [each.depth, each.told]),
      );

    before(async function () {
      this.timeout(120_000);
      earlier = await pageState();
      tries = await tryAll(group);
      later = await pageState();
    });
    leavesNothing();

    for (const vector of group.vectors) {
      describe(vector.name, () => {
        if (vector.uncontrolled) {
          it(`control: does not arrive either: ${vector.uncontrolled}`, () =>
            expect(got(vector, "control"), told(vector, "control")).to.deep.equal([]));
        } else {
          it("control: arrives", () => {
            const from = [
              ...(vector.document === false ? [] : ["plain frame"]),
              ...(vector.worker ? ["plain worker"] : []),
            ];
            expect(got(vector, "control"), told(vector, "control")).to.deep.equal(from);
          });
        }

        for (const place of places) {
          const reason = vector.open?.chromium?.[place];
          const isThere = isWorker(place) ? vector.worker : vector.document !== false;
          if (reason) {
            it(`in a ${place}: gets through: ${reason}`, () => expect(got(vector, place)).to.include("own"));
          } else {
            it(`in a ${place}: ${isThere ? "is stopped" : "is not there"}`, () =>
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
