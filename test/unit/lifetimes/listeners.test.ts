import { expect } from "chai";
import { microtasks } from "../model/tasks.js";
import { openBooks } from "./books.js";

describe("a listener that asks a unit to go by force as another one's state changes", () => {
  it("has it go, though it was about to wait again", async () => {
    const { load, onChange } = openBooks();
    const [one, two] = [load("one"), load("two")];
    void one.unload({});
    const second = two.unload({});
    await microtasks();
    for (const { account } of [one, two]) account.take({ kind: "callback", label: "listener" });
    onChange(() => one.state === "unloading" && void two.unload({ mode: "force" }));
    for (const unit of [one, two]) unit.endFinalizers?.([]);
    await microtasks();
    expect([one.state, two.state]).to.deep.equal(["unloading", "finalizing"]);
    two.endFinalizers?.([]);
    expect((await second).reason).to.equal("forced");
  });

  it("does not have it go twice, though it was about to go", async () => {
    const { load, onChange } = openBooks();
    const [one, two] = [load("one", "auto"), load("two", "auto")];
    const states: string[] = [];
    onChange((unit) => {
      if (unit === two) states.push(two.state);
      else if (one.state === "unloading") void two.unload({ mode: "force" });
    });
    one.release();
    two.release();
    await new Promise((resolve) => setTimeout(resolve, 10));
    for (const unit of [one, two]) unit.endFinalizers?.([]);
    await Promise.all([one.unloaded.promise, two.unloaded.promise]);
    expect(states).to.deep.equal(["unloading", "finalizing", "unloaded"]);
    expect((await two.unloaded.promise).reason).to.equal("forced");
  });
});
