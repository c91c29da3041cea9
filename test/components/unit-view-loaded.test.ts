import { expect } from "chai";
import { createHost, type Host, type Unit } from "leasehold";
import "leasehold/components";
import { leavesNothing } from "../support/baseline.js";
import { canMove, cannotMove } from "../support/can-move.js";
import { until } from "../support/until.js";
import {
  addView,
  boxUnit,
  frameOf,
  inView,
  removeViews,
  rendered,
  shown,
  showView,
  textOf,
} from "./unit-view-support.js";

describe("<unit-view> of a unit that somebody else has loaded", () => {
  leavesNothing();
  let host: Host;
  let unit: Unit;

  beforeEach(async () => {
    host = createHost({ pool: { frame: 0, worker: 0 } });
    unit = await host.load(boxUnit());
  });
  afterEach(async () => {
    removeViews();
    await host.dispose();
  });

  if (canMove) shows();
  else {
    it("says what to do where the engine cannot move its frame, and leaves it loaded", async () => {
      const view = addView({ loaded: unit });
      await until("it has tried", () => view.matches(":state(error)"));
      expect(view.error).to.include(cannotMove);
      await rendered(view);
      expect(textOf(view)).to.contain("pass the view's `container` to load() instead");
      expect(unit.state).to.equal("active");
      expect(host.stats()).to.include({ units: 1, leases: 1 });
    });
  }

  it("says that there is nothing to show of a unit that has gone", async () => {
    await unit.unload();
    const view = addView({ loaded: unit });
    await until("it has tried", () => view.matches(":state(error)"));
    expect(view.error).to.include({ name: "DomainUnloadedError" });
  });

  function shows(): void {
    it("shows it as it is", async () => {
      await (unit.exports as unknown as { run(code: string): Promise<unknown> }).run("globalThis.kept = 1");
      const view = await showView({ loaded: unit });
      expect(view.unit).to.equal(unit);
      expect(await inView(view, "kept")).to.equal(1);
      expect(host.stats()).to.include({ units: 1, frames: 1 });
    });

    it("does not keep it from going, and says that it went", async () => {
      const view = await showView({ loaded: unit });
      const receipt = await unit.unload();
      expect(receipt).to.include({ reason: "requested", rejectedCalls: 0 });
      await rendered(view);
      expect(textOf(view)).to.contain("This view was closed.");
      expect(view.unit).to.equal(undefined);
    });

    it("leaves it loaded when it shows something else, or nothing", async () => {
      const view = await showView({ loaded: unit });
      view.loaded = undefined;
      await until("it shows nothing", () => view.matches(":state(empty)"));
      expect(unit.state).to.equal("active");
      expect(frameOf(view)).to.equal(null);
      view.loaded = unit;
      await shown(view);
      expect(frameOf(view).getBoundingClientRect().width).to.be.above(0);
    });

    it("says why when it fails", async () => {
      const view = await showView({ loaded: unit });
      frameOf(view).remove();
      await until("it has noticed", () => view.matches(":state(crashed)"));
      expect(view.error).to.include({ name: "DomainUnloadedError", code: "domain-lost" }).and.to.equal(unit.failure);
    });
  }
});
