import { expect } from "chai";
import { createHost, type Host, type LeaseholdError, type Unit } from "leasehold";
import "leasehold/components";
import { leavesNothing, withBaseline } from "../support/baseline.js";
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
      await view.updateComplete;
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
      await until("the height was observed", () => new Promise(requestAnimationFrame).then(() => true));
      view.reload();
      await view.updateComplete;
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
      const view = addView({ src: "/nothing/unit.json" });
      await fails(view);
      const retry = part(view, "retry")!;
      retry.focus();
      retry.click();
      await until("it is loading", () => part(view, "loading"));
      expect(view.shadowRoot!.activeElement).to.equal(part(view, "loading"));
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
      const view = await showView({ source: boxUnit() });
      const first = view.unit!;
      await inView(view, "addEventListener('leave', () => {})");
      view.src = "/examples/units/chart/built/unit.json";
      view.source = undefined;
      await shown(view);
      const { reason, finalizerErrors } = await first.unloaded;
      expect({ reason, finalizerErrors }).to.deep.equal({ reason: "forced", finalizerErrors: [] });
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

    it("by moveBefore(), keeps the view alive, and dresses it as its new place wants it", async () => {
      const view = await showView({ source: boxUnit() });
      const { unit } = view;
      await inView(view, "globalThis.mark = 'still here'");
      const place = elsewhere() as HTMLElement & { moveBefore(node: Node, before: Node | null): void };
      place.style.setProperty("--unit-accent", "rgb(1, 2, 3)");
      place.moveBefore(view, null);
      expect(view.unit).to.equal(unit);
      expect(await inView(view, "mark")).to.equal("still here");
      const accent = "document.documentElement.style.getPropertyValue('--unit-accent')";
      await until("it has the new theme", async () => (await inView(view, accent)) === "rgb(1, 2, 3)");
      place.remove();
      expect((await unit!.unloaded).reason).to.equal("forced");
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
      // The one that was warm is the view's now; another host would have had none.
      expect(frameOf(view)).to.equal(warm);
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
