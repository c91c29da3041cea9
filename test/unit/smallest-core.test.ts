import { expect } from "chai";
import { leavesNothing } from "../support/baseline.js";
import { loadSmallest } from "../support/smallest-core.js";

describe("the smallest core, by which the library's size is judged", () => {
  leavesNothing();

  it("loads a unit, calls it, and takes it back", async () => {
    const unit = await loadSmallest<{ add(a: number, b: number): number }>("export const add = (a, b) => a + b;", [
      "add",
    ]);
    expect(await unit.exports.add(1, 2)).to.equal(3);
    unit.unload();
  });
});
