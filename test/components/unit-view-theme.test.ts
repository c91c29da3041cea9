import { expect } from "chai";
import type { UnitView } from "leasehold/components";
import "leasehold/components";
import { leavesNothing } from "../support/baseline.js";
import { inEngine, isolated } from "../support/engine.js";
import { canDarken, systemScheme } from "../support/system-scheme.js";
import { until } from "../support/until.js";
import { boxUnit, inView, removeViews, showView } from "./unit-view-support.js";

/** A property as it is set on the view's document. */
const given = (view: UnitView, name: string) =>
  inView(view, `document.documentElement.style.getPropertyValue("${name}")`);

const gets = (view: UnitView, name: string, value: string) =>
  until(`${name} is ${value || "gone"}`, async () => (await given(view, name)) === value);

describe("the theme of <unit-view>", () => {
  leavesNothing();

  let around: HTMLElement;
  beforeEach(() => {
    around = document.body.appendChild(document.createElement("section"));
  });
  afterEach(async () => {
    removeViews();
    around.remove();
    document.adoptedStyleSheets = [];
    await systemScheme("light");
  });

  const style = (text: string): void => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  };
  const show = () => showView({ source: boxUnit() }, around);

  it("is there before the unit is, from anything around the element", async () => {
    around.style.cssText = "--unit-accent: #0a6cc4; --unit-radius: 9px; color: rgb(10, 20, 30); font-family: Georgia";
    const source = {
      code: `export const atStart = document.documentElement.style.cssText`,
      manifest: { name: "early", view: true },
    };
    const view = await showView({ source }, around);
    const { atStart } = view.unit!.exports as unknown as { atStart: Promise<string> };
    expect(await atStart)
      .to.include("--unit-accent: rgb(10, 108, 196)")
      .and.to.include("--unit-radius: 9px")
      .and.to.include("--unit-color: rgb(10, 20, 30)")
      .and.to.include("--unit-font: Georgia");
  });

  it("has colours as colours, whatever the page makes them from", async () => {
    style(`section { color-scheme: dark; --it: light-dark(red, rgb(0, 0, 255)); --unit-accent: var(--it) }`);
    const view = await show();
    expect(await given(view, "--unit-accent")).to.equal("rgb(0, 0, 255)");
    expect(await given(view, "color-scheme")).to.equal("dark");
  });

  it("is light on a page that does not say, in a dark system too", async () => {
    await systemScheme("dark");
    const view = await show();
    expect(await given(view, "color-scheme")).to.equal("light");
    // What a test says of the system in Chromium is said to all that is in the page's process, whatever the page says of it.
    const isTold = inEngine({ chromium: !isolated, firefox: false, webkit: false });
    const scheme = isTold ? "dark" : "light";
    await until("media queries agree", () => inView(view, `matchMedia('(prefers-color-scheme: ${scheme})').matches`));
  });

  it("changes with the system's", async () => {
    style("section { color-scheme: light dark; --unit-background: light-dark(rgb(255, 255, 255), rgb(0, 0, 0)) }");
    const view = await show();
    expect(await given(view, "--unit-background")).to.equal("rgb(255, 255, 255)");
    await systemScheme("dark");
    await gets(view, "--unit-background", canDarken ? "rgb(0, 0, 0)" : "rgb(255, 255, 255)");
    const scheme = canDarken ? "dark" : "light";
    await until("media queries agree", () => inView(view, `matchMedia('(prefers-color-scheme: ${scheme})').matches`));
  });

  it("changes with an attribute, a sheet, and a state that is no attribute", async () => {
    const view = await show();
    around.style.setProperty("--unit-accent", "rgb(1, 1, 1)");
    await gets(view, "--unit-accent", "rgb(1, 1, 1)");
    around.style.removeProperty("--unit-accent");
    await gets(view, "--unit-accent", "");
    style("section:has(:checked) { --unit-accent: rgb(3, 3, 3) } section { --unit-accent: rgb(2, 2, 2) }");
    await gets(view, "--unit-accent", "rgb(2, 2, 2)");
    style("section:has(:checked) { --unit-accent: rgb(3, 3, 3) }");
    await gets(view, "--unit-accent", "");
    const checkbox = around.appendChild(Object.assign(document.createElement("input"), { type: "checkbox" }));
    checkbox.checked = true;
    await gets(view, "--unit-accent", "rgb(3, 3, 3)");
  });

  it("is that at the end of a page's own transition", async () => {
    style("section { color: rgb(0, 0, 0); transition: color 100ms } section.on { color: rgb(200, 0, 0) }");
    const view = await show();
    around.className = "on";
    await gets(view, "--unit-color", "rgb(200, 0, 0)");
  });
});
