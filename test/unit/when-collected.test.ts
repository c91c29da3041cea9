import { expect } from "chai";
import { whenCollected } from "../../src/when-collected.js";
import { collectUntil } from "../support/collect.js";

describe("hearing of collected objects", () => {
  it("tells what was held for each, unless that was ended", async () => {
    const heard: string[] = [];
    const watch = whenCollected<string>((held) => void heard.push(held));
    const token = {};
    (() => {
      watch.register({}, "ended", token);
      watch.register({}, "collected");
    })();
    watch.unregister(token);
    await collectUntil("one was heard of", () => heard.length > 0);
    expect(heard).to.deep.equal(["collected"]);
  });

  it("does nothing where the platform does not tell", () => {
    const { FinalizationRegistry } = globalThis;
    Reflect.deleteProperty(globalThis, "FinalizationRegistry");
    try {
      const watch = whenCollected<string>(() => {});
      watch.register({}, "held", {});
      watch.unregister({});
    } finally {
      Object.assign(globalThis, { FinalizationRegistry });
    }
    expect(globalThis).to.have.property("FinalizationRegistry");
  });
});
