import { expect } from "chai";
import { canMove, cannotMove } from "../support/can-move.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

const code = `
  let root, count = 0;
  export const activate = (context) => { root = context.root; root.innerHTML = '<p style="height:40px;margin:0">drawn</p>'; };
  export const drawn = () => root.textContent;
  export const next = () => ++count;
`;
interface Sample {
  drawn(): string;
  next(): number;
}
const manifest = { view: true, title: "A sample" };

inEveryIsolation(
  "the view of a unit",
  ({ host, load, use, isolation }) => {
    let container: HTMLElement;
    beforeEach(() => {
      container = document.createElement("div");
      document.body.append(container);
    });
    afterEach(() => container.remove());

    /** Of a load whose view is mounted in `container` afterwards. */
    const mountable = () => ({ manifest, ...(!canMove && { container }) });

    it("is mounted later where the engine can move a frame, and is refused where it cannot", () =>
      use<Sample>(
        code,
        async (unit) => {
          expect(await unit.exports.next()).to.equal(1);
          const outcome = await unit.mount(container).catch((error: unknown) => error);
          if (canMove) expect(outcome).to.have.property("unmount").that.is.a("function");
          else expect(outcome).to.include(cannotMove);
          expect(container.children).to.have.length(canMove ? 1 : 0);
          expect(host().stats().leases).to.equal(canMove ? 2 : 1);
          expect(await unit.exports.next()).to.equal(2);
          if (canMove) (outcome as { unmount(): void }).unmount();
        },
        { manifest },
      ));

    it("is shown where it is mounted, and keeps the unit's state", () =>
      use<Sample>(
        code,
        async (unit) => {
          expect(await unit.exports.next()).to.equal(1);
          const view = await unit.mount(container);
          expect(view.element.parentElement).to.equal(container);
          expect(view.element.title).to.equal("A sample");
          await until("it is as high as its content", () => view.element.getBoundingClientRect().height === 40);
          expect(view.element.checkVisibility({ visibilityProperty: true })).to.be.true;
          view.unmount();
          view.unmount();
          expect(view.element.parentElement === container).to.equal(!canMove);
          expect(view.element.checkVisibility({ visibilityProperty: true })).to.be.false;
          expect(view.element.getBoundingClientRect()).to.include({ width: 0, height: 0 });
          expect(await unit.exports.next()).to.equal(2);
          expect(await unit.exports.drawn()).to.equal("drawn");
        },
        mountable(),
      ));

    it("keeps the unit loaded until it is unmounted", async () => {
      const unit = await load<Sample>(code, mountable());
      const view = await unit.mount(container);
      expect(host().stats().leases).to.equal(2);
      const blocked = await rejection(unit.unload({ deadline: 50 }));
      expect(blocked).to.include({ name: "UnloadBlockedError" });
      expect(blocked.message).to.include("view  A sample");
      expect(await rejection(unit.mount(container))).to.include({ name: "DomainUnloadedError" });
      view.unmount();
      const { released } = await unit.unload();
      expect(released).to.include({ frames: 1, leases: 2 });
      expect(container.children).to.have.length(0);
    });

    it("goes with the unit by force", async () => {
      const unit = await load<Sample>(code, mountable());
      const view = await unit.mount(container);
      expect(await unit.unload({ mode: "force" })).to.include({ reason: "forced" });
      expect(container.children).to.have.length(0);
      view.unmount();
      expect(view.element.isConnected).to.be.false;
    });

    it("moves when it is mounted elsewhere, without a second lease", async () => {
      const other = document.createElement("section");
      container.append(other);
      await use<Sample>(
        code,
        async (unit) => {
          const first = await unit.mount(container);
          if (!canMove) {
            expect(await rejection(unit.mount(other))).to.include(cannotMove);
            expect(first.element.parentElement).to.equal(container);
            expect(host().stats().leases).to.equal(2);
            return first.unmount();
          }
          const second = await unit.mount(other);
          expect(second.element.parentElement).to.equal(other);
          expect(host().stats().leases).to.equal(2);
          first.unmount();
          expect(second.element.parentElement).to.equal(other);
          expect(await unit.exports.next()).to.equal(1);
          second.unmount();
          expect(host().stats().leases).to.equal(1);
        },
        mountable(),
      );
    });

    it("stays where it is when it cannot be mounted elsewhere", () =>
      use<Sample>(
        code,
        async (unit) => {
          const view = await unit.mount(container);
          const nowhere = await rejection(unit.mount(document.createElement("div")));
          expect(nowhere).to.include({ name: "InvalidStateError", code: "container-detached" });
          expect(view.element.parentElement).to.equal(container);
          expect(view.element.checkVisibility({ visibilityProperty: true })).to.be.true;
          expect(host().stats().leases).to.equal(2);
          view.unmount();
        },
        mountable(),
      ));

    it("is shown from the start in a load's container, and holds nothing there", async () => {
      const unit = await load<Sample>(code, { manifest, container });
      expect(container.children).to.have.length(1);
      await until(
        "it is as high as its content",
        () => container.firstElementChild!.getBoundingClientRect().height === 40,
      );
      expect(host().stats().leases).to.equal(1);
      expect(await unit.unload()).to.include({ reason: "requested" });
      expect(container.children).to.have.length(0);
    });

    it("is in nobody's way before it is mounted", async () => {
      const shifts: number[] = [];
      const sizes = (): unknown => [
        document.documentElement.scrollHeight,
        document.documentElement.scrollWidth,
        container.getBoundingClientRect().top,
      ];
      const observer = new PerformanceObserver((list) =>
        shifts.push(...list.getEntries().map(({ startTime }) => startTime)),
      );
      observer.observe({ type: "layout-shift" });
      const before = sizes();
      const focused = document.activeElement;
      await use<Sample>(
        code,
        async ({ exports }) => {
          await exports.next();
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          expect(sizes()).to.deep.equal(before);
          expect(document.activeElement).to.equal(focused);
          const hidden = [...document.querySelectorAll("iframe")];
          for (const frame of hidden) {
            expect(frame.checkVisibility({ visibilityProperty: true })).to.be.false;
            expect(frame).to.include({ tabIndex: -1, ariaHidden: "true" });
          }
        },
        { manifest },
      );
      observer.disconnect();
      expect(shifts).to.deep.equal([]);
    });

    it("is refused where there is none, or no place for it", async () => {
      await use<Sample>(`export const next = () => 1;`, async (unit) => {
        expect(await rejection(unit.mount(container))).to.include({ name: "NotSupportedError", code: "no-view" });
      });
      await use<Sample>(
        code,
        async (unit) => {
          const detached = document.createElement("div");
          expect(await rejection(unit.mount(detached))).to.include({
            name: "InvalidStateError",
            code: "container-detached",
          });
          expect(host().stats().leases).to.equal(1);
          expect(await unit.exports.next()).to.equal(1);
        },
        { manifest },
      );
      const nowhere = load<Sample>(code, { manifest, container: document.createElement("div") });
      expect(await rejection(nowhere)).to.include({ name: "InvalidStateError", code: "container-detached" });
    });

    it("is lost with its container, and the unit with it", async () => {
      const unit = await load<Sample>(code, mountable());
      await unit.mount(container);
      container.remove();
      expect(await unit.unloaded).to.include({ reason: "crash" });
      expect(unit.state).to.equal("failed");
      expect(isolation).to.equal(unit.isolation);
    });
  },
  ["frame", "realm"],
);

inEveryIsolation(
  "a unit without a place for a view",
  ({ load, use }) => {
    it("cannot be shown", async () => {
      const refused = await rejection(load(code, { manifest, container: document.body }));
      expect(refused).to.include({ name: "NotSupportedError", code: "no-view" });
      await use<Sample>(
        `export const next = () => 1;`,
        async (unit) => {
          expect(await rejection(unit.mount(document.body))).to.include({ name: "NotSupportedError", code: "no-view" });
        },
        { manifest },
      );
    });
  },
  ["worker"],
);
