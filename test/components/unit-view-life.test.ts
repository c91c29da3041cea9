import { expect } from "chai";
import { createHost, type Host, type LeaseholdError } from "leasehold";
import "leasehold/components";
import { leavesNothing, withBaseline } from "../support/baseline.js";
import { hang } from "../support/served.js";
import { inEngine } from "../support/engine.js";
import { until } from "../support/until.js";
import {
  addView,
  boxUnit,
  frameOf,
  inView,
  next,
  part,
  removeViews,
  showView,
  shown,
  textOf,
} from "./unit-view-support.js";

describe("the life of <unit-view>", () => {
  leavesNothing();
  afterEach(removeViews);

  describe("when it leaves the page", () => {
    it("takes the unit back and leaves nothing behind", async () => {
      await withBaseline(async () => {
        const view = await showView({ source: boxUnit() });
        const unit = view.unit!;
        let crashes = 0;
        view.addEventListener("unit-crash", () => crashes++);
        view.remove();
        expect((await unit.unloaded).reason).to.equal("forced");
        expect(crashes).to.equal(0);
        expect(view.unit).to.equal(undefined);
      });
    });

    it("with something around it, does the same", async () => {
      const around = document.body.appendChild(document.createElement("section"));
      const { unit } = await showView({ source: boxUnit() }, around);
      around.remove();
      expect((await unit!.unloaded).reason).to.equal("forced");
    });

    for (const [when, source] of [
      ["while its source is fetched", hang("/examples/units/chart/built/unit.json")],
      ["while its module runs", { code: "await new Promise(() => {})", manifest: { name: "hangs", view: true } }],
    ] as const) {
      it(`gives up the load ${when}`, async () => {
        const view = addView({ source });
        let errors = 0;
        view.addEventListener("unit-error", () => errors++);
        if (typeof source === "object") await until("its frame is in place", () => frameOf(view));
        else await until("it is loading", () => view.matches(":state(loading)"));
        view.remove();
        await until("it has given up", () => view.matches(":state(empty)"));
        expect(errors).to.equal(0);
      });
    }

    it("and comes back, loads anew", async () => {
      const view = await showView({ source: boxUnit() });
      const first = view.unit!;
      view.remove();
      await first.unloaded;
      document.body.append(view);
      expect((await shown(view)).id).to.equal("box@1.0.0");
    });
  });

  describe("when it is moved", () => {
    const elsewhere = () => document.body.appendChild(document.createElement("section"));

    it("by append(), loads anew", async () => {
      const view = await showView({ source: boxUnit() });
      const first = view.unit!;
      const place = elsewhere();
      place.append(view);
      const second = await shown(view);
      expect(first.state).to.equal("unloaded");
      expect(second).not.to.equal(first);
      expect(view.shadowRoot!.querySelectorAll("iframe").length).to.equal(1);
      place.remove();
    });

    it("by moveBefore(), keeps the view alive where the engine does, and dresses it as its new place wants it", async () => {
      const does = inEngine({ chromium: "keep it", firefox: "reload it", webkit: undefined });
      expect("moveBefore" in Element.prototype).to.equal(does !== undefined);
      if (!does) return;
      const view = await showView({ source: boxUnit() });
      const { unit } = view;
      await inView(view, "globalThis.mark = 'still here'");
      const place = elsewhere() as HTMLElement & { moveBefore(node: Node, before: Node | null): void };
      place.style.setProperty("--unit-accent", "rgb(1, 2, 3)");
      place.moveBefore(view, null);
      if (does === "reload it") {
        expect(await shown(view)).not.to.equal(unit);
        expect((await unit!.unloaded).reason).to.equal("forced");
      } else {
        expect(view.unit).to.equal(unit);
        expect(await inView(view, "mark")).to.equal("still here");
      }
      const { unit: last } = view;
      const accent = "document.documentElement.style.getPropertyValue('--unit-accent')";
      await until("it has the new theme", async () => (await inView(view, accent)) === "rgb(1, 2, 3)");
      place.remove();
      expect((await last!.unloaded).reason).to.equal("forced");
    });
  });

  describe("when the view ends by itself", () => {
    it("says so where its frame was removed, and loads it again", async () => {
      const view = await showView({ source: boxUnit() });
      const crash = next<{ error: LeaseholdError }>(view, "unit-crash");
      frameOf(view).remove();
      const { error } = await crash;
      await view.updateComplete;
      expect(view.matches(":state(crashed)")).to.equal(true);
      expect(view.error).to.equal(error);
      expect(textOf(view)).to.include("This view has stopped.").and.to.include(error.code);
      part(view, "retry")!.click();
      await shown(view);
      expect(await inView(view, "box.textContent")).to.equal("A view");
    });

    it("says so where its frame went to another document", async () => {
      const view = await showView({ source: boxUnit() });
      const crash = next(view, "unit-crash");
      frameOf(view).srcdoc = "";
      await crash;
      await view.updateComplete;
      expect(view.shadowRoot!.querySelector("iframe")).to.equal(null);
    });

    it("says that it was closed where somebody else unloaded the unit", async () => {
      const view = await showView({ source: boxUnit() });
      let crashes = 0;
      view.addEventListener("unit-crash", () => crashes++);
      await view.unit!.unload();
      await until("it says so", () => textOf(view).includes("This view was closed."));
      expect(view.matches(":state(closed)")).to.equal(true);
      expect(crashes).to.equal(0);
      part(view, "retry")!.click();
      await shown(view);
    });
  });

  describe("and hosts", () => {
    const outside = () => document.querySelectorAll("body > iframe").length;

    it("shares one between all that have none, with one warm frame, until the last has left", async () => {
      const one = await showView({ source: boxUnit() });
      const other = await showView({ source: boxUnit() });
      // Two of a name are told apart only within a host.
      expect([one.unit!.id, other.unit!.id]).to.deep.equal(["box@1.0.0", "box@1.0.0#2"]);
      await until("a frame is warm", outside);
      one.remove();
      await one.updateComplete;
      expect(await inView(other, "box.textContent")).to.equal("A view");
      expect(outside()).to.equal(1);
      other.remove();
      await until("the host is gone, with its warm frame", () => outside() === 0);
    });

    it("keeps the shared one while its only element is moved or told something else", async () => {
      const view = await showView({ source: boxUnit() });
      const warm = await until("a frame is warm", () => document.querySelector("body > iframe"));
      document.body.append(view);
      await shown(view);
      // The one that was warm is the view's now, or still there where it cannot be moved; another host would have had none.
      const still = inEngine({ chromium: false, firefox: false, webkit: true });
      expect(still ? document.querySelector("body > iframe") : frameOf(view)).to.equal(warm);
    });

    it("uses the one it is given, and leaves it to its owner", async () => {
      const host: Host = createHost({ pool: {} });
      const view = await showView({ source: boxUnit(), host });
      expect([...host.units.keys()]).to.deep.equal(["box@1.0.0"]);
      expect(outside()).to.equal(0);
      view.remove();
      await until("the unit is gone", () => host.units.size === 0);
      const unit = await host.load(boxUnit());
      expect(unit.state).to.equal("active");
      await host.dispose();
    });

    it("moves to another, and says so when that one is disposed of", async () => {
      const view = await showView({ source: boxUnit() });
      const host = createHost({ pool: {} });
      view.host = host;
      await shown(view);
      expect(host.units.size).to.equal(1);
      await host.dispose();
      await until("it says so", () => view.matches(":state(closed)"));
      const failed = next<{ error: LeaseholdError }>(view, "unit-error");
      view.reload();
      expect((await failed).error.code).to.equal("host-disposed");
    });
  });
});
