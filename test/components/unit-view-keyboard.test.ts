import { sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import "leasehold/components";
import { leavesNothing } from "../support/baseline.js";
import { until } from "../support/until.js";
import { boxUnit, inView, removeViews, showView } from "./unit-view-support.js";

describe("<unit-view> and the keyboard", () => {
  leavesNothing();
  afterEach(removeViews);

  it("lets the focus in, through, and out on the other side", async () => {
    const [before, after] = ["before", "after"].map((text) =>
      Object.assign(document.createElement("button"), { textContent: text }),
    ) as [HTMLButtonElement, HTMLButtonElement];
    document.body.append(before);
    const view = await showView({ source: boxUnit("", `<input id="one"><input id="two">`) });
    document.body.append(after);
    const inside = () => inView(view, "document.activeElement.id");

    before.focus();
    await sendKeys({ press: "Tab" });
    await until("the first field has the focus", async () => (await inside()) === "one");
    expect(document.activeElement).to.equal(view);
    await sendKeys({ press: "Tab" });
    await until("the second field has the focus", async () => (await inside()) === "two");
    await sendKeys({ press: "Tab" });
    await until("what comes after has the focus", () => document.activeElement === after);
    await sendKeys({ down: "Shift" });
    await sendKeys({ press: "Tab" });
    await sendKeys({ up: "Shift" });
    await until("the second field has it again", async () => (await inside()) === "two");
    before.remove();
    after.remove();
  });
});
