import { LendingWorld } from "./lends/world.js";
import { runWorlds } from "./model/run-worlds.js";

describe("references that go from unit to unit by way of the page", () => {
  it("are held by those who have them, to the last lease, and answer, or say why not", async function () {
    this.timeout(180_000);
    await runWorlds({ seed: 20_261_124, worlds: 1000, steps: 80, create: (random) => new LendingWorld(random) });
  });
});
