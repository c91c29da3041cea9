import { expect } from "chai";
import { createHost, release, type LoadProgress, type Unit } from "leasehold";
import { endsBy, frameOf, mortal, type Mortal } from "../support/endings.js";
import { engine } from "../support/engine.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { keeperCode, type Keeper } from "../support/units.js";
import { until } from "../support/until.js";

inEveryIsolation("a unit whose frame is taken away", (place) => {
  const { host, load, use, isolation } = place;
  let container: HTMLElement;
  beforeEach(() => document.body.append((container = document.createElement("div"))));
  afterEach(() => container.remove());

  /** Whether there is a way to move a frame that does not reload it; WebKit has none. */
  const canMove = (): boolean => {
    const isThere = "moveBefore" in Element.prototype;
    expect(isThere).to.equal(engine !== "webkit");
    return isThere;
  };
  /** Puts the hidden frame into the test's own element, the way a page with moveBefore could. */
  const rehouse = (unit: Unit, into: Element | ShadowRoot): void => {
    (into as Element & { moveBefore(node: Node, before: null): void }).moveBefore(frameOf(unit), null);
  };

  it("is lost when the frame is removed", () => endsBy(place, (unit) => frameOf(unit).remove()));

  it("is lost when the frame is moved by append, which reloads it", () =>
    endsBy(place, (unit) => container.append(frameOf(unit))));

  it("is lost when the frame is removed and put back at once", () =>
    endsBy(place, (unit) => {
      const frame = frameOf(unit);
      const { parentNode, nextSibling } = frame;
      frame.remove();
      parentNode!.insertBefore(frame, nextSibling);
    }));

  it("survives a move that keeps it", async () => {
    if (!canMove()) return;
    await use<Mortal>(mortal, async (unit) => {
      rehouse(unit, container);
      const box = document.createElement("div");
      document.body.append(box);
      (box as Element as Element & { moveBefore(node: Node, before: null): void }).moveBefore(container, null);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await unit.exports.fine()).to.equal("fine");
      box.remove();
      await unit.unloaded;
    });
  });

  it("is lost with an element around it", () =>
    endsBy(place, (unit) => {
      if (canMove()) rehouse(unit, container);
      else container.append(frameOf(unit));
      container.remove();
    }));

  it("is lost with what replaces the content of an element around it", () =>
    endsBy(place, async (unit) => {
      if (canMove()) {
        rehouse(unit, container);
        await unit.exports.fine();
      } else container.append(frameOf(unit));
      container.innerHTML = "";
    }));

  it("tells what it gave back, what the page held of it included", async () => {
    const unit = await load<Keeper>(keeperCode);
    const held = await Promise.all([unit.exports.make(1), unit.exports.make(2)]);
    frameOf(unit).remove();
    const receipt = await unit.unloaded;
    expect(receipt).to.include({ reason: "crash" });
    expect(receipt.released).to.include({ frames: 1, ports: 1, leases: 3 });
    release(held);
  });

  it("is lost while it waits to be unloaded, without being waited for any longer", async () => {
    const unit = await load<Mortal>(mortal);
    await unit.exports.hold();
    const pending = rejection(unit.exports.never());
    const unloading = unit.unload();
    frameOf(unit).remove();
    const receipt = await unloading;
    expect((await pending).name).to.equal("DomainUnloadedError");
    expect(unit.state).to.equal("unloaded");
    expect(receipt.released).to.include({ frames: 1, ports: 1, leases: 2 });
    expect(receipt.finalizerErrors).to.have.length(1); // nobody was there to run them
    expect(receipt.finalizerErrors[0]).to.include({ name: "DomainUnloadedError" });
  });

  it("is lost while its finalizers run", async () => {
    const unit = await load(`export const deactivate = () => new Promise(() => {});`, {
      limits: { finalizers: 60_000 },
    });
    unit.addEventListener(
      "statechange",
      () => unit.state === "finalizing" && setTimeout(() => frameOf(unit).remove(), 20),
    );
    const { finalizerErrors } = await unit.unload();
    expect(finalizerErrors[0]).to.include({ name: "DomainUnloadedError" });
  });

  it("is lost while it is loaded, which the load tells", async () => {
    for (const text of [`await new Promise(() => {});`, `export const activate = () => new Promise(() => {});`]) {
      const onProgress = ({ phase }: LoadProgress): void => {
        if (phase === "link") setTimeout(() => frameOf([...host().units.values()][0]!).remove());
      };
      const error = await rejection(load(text, { onProgress }));
      expect(error).to.include({ name: "LoadError", code: "domain-lost", unit: "sample@1.0.0" });
      expect(error.cause).to.include({ name: "DomainUnloadedError" });
      expect(host().stats()).to.include({ units: 0, frames: 0 });
    }
  });

  it("is lost before it began to be loaded, which the load tells", async () => {
    const other = createHost({ pool: {} });
    const onProgress = ({ phase }: LoadProgress): void => {
      if (phase === "start")
        setTimeout(() => document.querySelector<HTMLIFrameElement>("iframe[name*=isolation]:last-of-type")!.remove());
    };
    const error = await rejection(other.load({ code: mortal }, { isolation, onProgress }));
    expect(error).to.include({ name: "LoadError", code: "domain-lost" });
    await other.dispose();
  });

  it("leaves the warm ones to the pool, which gets over their loss", async () => {
    const other = createHost({ pool: { [isolation]: 2 } });
    await until("two are warm", () => other.stats().warm === 2);
    for (const frame of document.querySelectorAll("iframe")) frame.remove();
    await until("the pool has noticed", () => other.stats().warm === 0);
    const unit = await other.load<Mortal>({ code: mortal }, { isolation });
    expect(await unit.exports.fine()).to.equal("fine");
    await until("two are warm again", () => other.stats().warm === 2);
    const next = await other.load<Mortal>({ code: mortal }, { isolation });
    expect(await next.exports.fine()).to.equal("fine");
    await other.dispose();
  });
});

inEveryIsolation(
  "a unit in a shadow root",
  (place) => {
    it("is lost with its host element, however deep it is", async () => {
      const outer = document.createElement("div");
      const middle = document.createElement("div");
      const container = document.createElement("div");
      document.body.append(outer);
      outer.attachShadow({ mode: "closed" }).append(middle);
      middle.attachShadow({ mode: "open" }).append(container);
      await endsBy(place, () => outer.remove(), { container, manifest: { view: true } });
    });
  },
  ["frame", "realm"],
);
