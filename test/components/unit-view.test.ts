import { expect } from "chai";
import type { LeaseholdError, Unit } from "leasehold";
import "leasehold/components";
import { leavesNothing } from "../support/baseline.js";
import { hang } from "../support/served.js";
import { until } from "../support/until.js";
import {
  addView,
  boxUnit,
  frameOf,
  inView,
  next,
  part,
  removeViews,
  rendered,
  showView,
  shown,
  textOf,
} from "./unit-view-support.js";

describe("<unit-view>", () => {
  leavesNothing();
  afterEach(removeViews);

  describe("shows a unit", () => {
    it("by the address of its manifest", async () => {
      const view = addView({});
      view.setAttribute("src", "/examples/units/chart/built/unit.json");
      const unit = await shown(view);
      expect(view.unit).to.equal(unit);
      expect(unit.manifest.name).to.equal("chart");
      expect(frameOf(view).title).to.equal("Charts");
      await until("it is as high as the chart", () => view.offsetHeight > 400);
    });

    it("by the source itself, which wins over the address", async () => {
      const view = await showView({ source: boxUnit(), src: "/nothing/unit.json" });
      expect(await inView(view, "box.textContent")).to.equal("A view");
    });

    it("with what it is granted, as an attribute or as an object", async () => {
      const permissions = { network: ["https://a.example", "https://b.example"] };
      const source = { code: "", manifest: { name: "asks", view: true, permissions } };
      const view = addView({ source });
      view.setAttribute("grant", `{"network": ["https://a.example"]}`);
      expect((await shown(view)).grant).to.deep.equal({ network: ["https://a.example"] });
      view.grant = { network: ["https://b.example"] };
      expect((await shown(view)).grant).to.deep.equal({ network: ["https://b.example"] });
    });

    it("in the isolation it is told", async () => {
      const view = await showView({ source: boxUnit(), isolation: "realm" });
      expect(view.unit!.isolation).to.equal("realm");
      view.removeAttribute("isolation");
      view.isolation = "frame";
      expect((await shown(view)).isolation).to.equal("frame");
    });

    it("keeps room for it, says that it is loading, and then shows nothing but the view", async () => {
      const view = addView({ source: boxUnit("#box { height: 300px }") });
      await rendered(view);
      expect(view.matches(":state(loading)")).to.equal(true);
      expect(view.offsetHeight).to.equal(150);
      expect(part(view, "loading")!.querySelector("slot")!.name).to.equal("loading");
      expect(view.shadowRoot!.querySelector("[role=status]")!.textContent).to.equal("Loading…");
      await shown(view);
      expect(view.matches(":state(shown)")).to.equal(true);
      expect(part(view, "loading")).to.equal(null);
      expect(textOf(view)).to.equal("");
      expect(getComputedStyle(part(view, "frame")!).visibility).to.equal("visible");
    });

    it("at its full height from the first moment, and keeps that height while it is loaded again", async () => {
      const view = await showView({ source: boxUnit("#box { height: 300px }") });
      expect(view.offsetHeight).to.equal(300);
      for (const _frame of [1, 2]) await new Promise(requestAnimationFrame);
      view.reload();
      await rendered(view);
      expect(view.matches(":state(loading)")).to.equal(true);
      expect(view.offsetHeight).to.equal(300);
      await shown(view);
      expect(view.offsetHeight).to.equal(300);
    });

    it("not at all without being told which, and leaves with what it was told", async () => {
      const view = addView({});
      await view.updateComplete;
      expect(view.matches(":state(empty)")).to.equal(true);
      expect(view.offsetHeight).to.equal(0);
      view.source = boxUnit();
      const unit = await shown(view);
      view.source = undefined;
      await unit.unloaded;
      expect(view.matches(":state(empty)")).to.equal(true);
    });
  });

  describe("when the unit cannot be loaded", () => {
    const fails = async (view: ReturnType<typeof addView>): Promise<LeaseholdError> => {
      const { error } = await next<{ error: LeaseholdError }>(view, "unit-error");
      await view.updateComplete;
      expect(view.error).to.equal(error);
      expect(view.unit).to.equal(undefined);
      expect(view.matches(":state(error)")).to.equal(true);
      return error;
    };

    it("says why, and tries again", async () => {
      const source = { code: "throw new Error('Not yet')", manifest: { name: "late", view: true } };
      const view = addView({ source });
      const error = await fails(view);
      const alert = view.shadowRoot!.querySelector("[role=alert]")!;
      expect(alert).to.equal(part(view, "error"));
      expect(alert.textContent).to.include("Not yet").and.to.include(error.code);
      source.code = "";
      part(view, "retry")!.click();
      await shown(view);
      expect(part(view, "error")).to.equal(null);
      expect(view.error).to.equal(undefined);
    });

    it("hands the focus on from the button to what takes its place", async () => {
      const source = { code: "throw new Error()", manifest: { name: "late", view: true } };
      const view = addView({ source });
      await fails(view);
      const retry = part(view, "retry")!;
      retry.focus();
      source.code = "await new Promise(() => {})";
      retry.click();
      await rendered(view);
      expect(view.shadowRoot!.activeElement).to.equal(part(view, "loading"));
      view.source = { ...source, code: "throw new Error()" };
      await fails(view);
      expect(view.shadowRoot!.activeElement).to.equal(part(view, "retry"));
      view.source = boxUnit();
      await shown(view);
      expect(view.shadowRoot!.activeElement).to.equal(frameOf(view));
    });

    const cases: [string, string, Record<string, string>][] = [
      ["there is nothing at the address", "http-status", { src: "/nothing/unit.json" }],
      ["the grant is not JSON", "grant-invalid", { src: "/x.json", grant: "network" }],
      ["the grant is no grant", "grant-invalid", { src: "/x.json", grant: `{"network": "all"}` }],
      ["there is no such isolation", "isolation-unknown", { src: "/x.json", isolation: "thread" }],
      ["the unit has no view", "no-view", { src: "/examples/units/marked/built/unit.json" }],
      ["a worker is to have a view", "no-view", { src: "/examples/units/chart/built/unit.json", isolation: "worker" }],
    ];
    for (const [title, code, attributes] of cases) {
      it(`tells that ${title}`, async () => {
        const view = addView({});
        for (const [name, value] of Object.entries(attributes)) view.setAttribute(name, value);
        expect((await fails(view)).code).to.equal(code);
      });
    }
  });

  describe("when what it is asked for changes", () => {
    it("unloads the one unit, then loads the other", async () => {
      const view = await showView({ source: boxUnit() });
      const first = view.unit!;
      view.source = boxUnit("", `<div id="box">Another</div>`);
      const second = await shown(view);
      expect(first.state).to.equal("unloaded");
      expect(second.id).to.equal("box@1.0.0");
      expect(await inView(view, "box.textContent")).to.equal("Another");
      expect(view.shadowRoot!.querySelectorAll("iframe").length).to.equal(1);
    });

    it("runs the finalizers of the one that goes", async () => {
      const code = "export function deactivate() { throw new Error('It ran') }";
      const view = await showView({ source: { code, manifest: { name: "tidy", view: true } } });
      const first = view.unit!;
      view.source = boxUnit();
      await shown(view);
      const { reason, finalizerErrors } = await first.unloaded;
      expect(reason).to.equal("forced");
      expect(finalizerErrors.map(String)).to.deep.equal(["Error: It ran"]);
    });

    it("loads only the last of several, and gives up a load that is going on", async () => {
      const loaded: string[] = [];
      const view = addView({ src: hang() });
      view.addEventListener("unit-load", (event) => loaded.push((event as CustomEvent<{ unit: Unit }>).detail.unit.id));
      await until("it is loading", () => view.matches(":state(loading)"));
      view.source = boxUnit("", "", "first");
      await view.updateComplete;
      view.source = boxUnit("", "", "second");
      await shown(view);
      expect(loaded).to.deep.equal(["second@1.0.0"]);
    });
  });
});
