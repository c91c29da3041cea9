import { runWorlds } from "../model/run-worlds.js";
import { World } from "./world.js";

describe("the lives of units that hold each other", () => {
  it("go as a search through all leases says, whatever happens in whatever order", async function () {
    this.timeout(180_000);
    await runWorlds({ seed: 20_261_122, worlds: 5000, steps: 120, create: () => new World() });
  });
});
