import { runWorlds } from "./model/run-worlds.js";
import { World } from "./model/world.js";

describe("two sessions that do all that they can", () => {
  it("give what they should, to the very object, and hold what they should, to the last reference", async function () {
    this.timeout(180_000);
    await runWorlds({ seed: 20_261_121, worlds: 2000, steps: 100, create: (random) => new World(random) });
  });
});
