import { expect } from "chai";
import { createHost, type HostEvents, type LoadProgress, type Unit } from "leasehold";
import { inEveryIsolation, type Place } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { elsewhere, requestsAbout } from "../support/served.js";
import { until } from "../support/until.js";

const code = `
  let context;
  export const activate = (given) => { context = given; };
  export const never = () => new Promise(() => {});
  export const hold = () => void context.activity("work");
  export const run = (text) => { const result = new Function("return " + text)(); return typeof result === "object" ? undefined : result; };
  export const fine = () => "fine";
`;
interface Sample {
  never(): Promise<void>;
  hold(): void;
  run(text: string): unknown;
  fine(): string;
}

/** Where the frame of a unit is in the page, or what is around it. */
const frameOf = (unit: Unit): HTMLIFrameElement => (unit as unknown as { domain: { frame: HTMLIFrameElement } }).domain.frame;

/** Loads a unit, lets something happen to it, and makes sure that everybody hears of its end and nothing is left. */
async function endsBy(place: Place, happen: (unit: Unit<Sample>) => unknown, options = {}): Promise<void> {
  const { host, load } = place;
  const unit = await load<Sample>(code, options);
  const told: string[] = [];
  let receipt: HostEvents["unload"]["receipt"] | undefined;
  const hear = (event: Event): void => {
    const { detail } = event as CustomEvent<HostEvents["unload"] & HostEvents["crash"]>;
    if (detail.unit !== (unit as unknown)) return;
    told.push(event.type);
    receipt ??= detail.receipt;
  };
  for (const type of ["crash", "unload"]) host().addEventListener(type, hear);
  await unit.exports.hold();
  const pending = rejection(unit.exports.never());
  await unit.exports.fine();
  await happen(unit);
  const error = await pending;
  for (const type of ["crash", "unload"]) host().removeEventListener(type, hear);
  expect(error).to.include({ name: "DomainUnloadedError", code: "domain-lost", unit: unit.id });
  expect(error.message).to.include("never()");
  expect(unit.state).to.equal("failed");
  expect(told).to.deep.equal(["crash", "unload"]);
  expect(await unit.unloaded).to.equal(receipt);
  expect(receipt).to.include({ reason: "crash" });
  expect(receipt!.rejectedCalls).to.be.within(1, 2); // what brought the end about may itself be pending
  expect(receipt!.released).to.include({ frames: 1, ports: 1, leases: 2 });
  expect(host().stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
  expect((await rejection(unit.exports.fine())).name).to.equal("DomainUnloadedError");
  expect(await unit.unload()).to.equal(receipt);
}

inEveryIsolation("a unit whose frame is taken away", (place) => {
  const { host, load, use, isolation } = place;
  let container: HTMLElement;
  beforeEach(() => document.body.append((container = document.createElement("div"))));
  afterEach(() => container.remove());

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

  it("survives a move that keeps it", () =>
    use<Sample>(code, async (unit) => {
      rehouse(unit, container);
      const box = document.createElement("div");
      document.body.append(box);
      (box as Element as Element & { moveBefore(node: Node, before: null): void }).moveBefore(container, null);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await unit.exports.fine()).to.equal("fine");
      box.remove();
      await unit.unloaded;
    }));

  it("is lost with an element around it", () =>
    endsBy(place, (unit) => {
      rehouse(unit, container);
      container.remove();
    }));

  it("is lost with what replaces the content of an element around it", () =>
    endsBy(place, async (unit) => {
      rehouse(unit, container);
      await unit.exports.fine();
      container.innerHTML = "";
    }));

  it("is lost while it waits to be unloaded, without being waited for any longer", async () => {
    const unit = await load<Sample>(code);
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
    const unit = await load(`export const deactivate = () => new Promise(() => {});`, { limits: { finalizers: 60_000 } });
    unit.addEventListener("statechange", () => unit.state === "finalizing" && setTimeout(() => frameOf(unit).remove(), 20));
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
      if (phase === "start") setTimeout(() => document.querySelector<HTMLIFrameElement>("iframe[name*=isolation]:last-of-type")!.remove());
    };
    const error = await rejection(other.load({ code }, { isolation, onProgress }));
    expect(error).to.include({ name: "LoadError", code: "domain-lost" });
    await other.dispose();
  });

  it("leaves the warm ones to the pool, which gets over their loss", async () => {
    const other = createHost({ pool: { [isolation]: 2 } });
    await until("two are warm", () => other.stats().warm === 2);
    for (const frame of document.querySelectorAll("iframe")) frame.remove();
    await until("the pool has noticed", () => other.stats().warm === 0);
    const unit = await other.load<Sample>({ code }, { isolation });
    expect(await unit.exports.fine()).to.equal("fine");
    await until("two are warm again", () => other.stats().warm === 2);
    const next = await other.load<Sample>({ code }, { isolation });
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

inEveryIsolation(
  "a unit that goes elsewhere",
  (place) => {
    const { use, isolation } = place;
    const ways: Record<string, (url: string) => string> = {
      "by location": (url) => `location.href = "${url}"`,
      "by location.reload()": () => `location.reload()`,
      "by a link": (url) => `Object.assign(document.createElement("a"), { href: "${url}" }).click()`,
      "by a meta refresh": (url) => `(document.head.innerHTML = '<meta http-equiv="refresh" content="0;url=${url}">', 1)`,
      "by document.open() and close()": () => `(document.open(), document.close())`,
    };
    for (const [way, script] of Object.entries(ways)) {
      it(`is lost: ${way}`, async () => {
        const url = await elsewhere(`/package.json?left=${isolation}-${encodeURIComponent(way)}`);
        await endsBy(place, ({ exports }) => void exports.run(script(url)).catch(() => {}));
        // A realm is trusted; out of a frame nothing gets this way.
        if (isolation === "frame") expect(await requestsAbout("left=frame")).to.deep.equal([]);
      });

      it(`is lost while it is loaded: ${way}`, async () => {
        const url = await elsewhere("/package.json?left=loading");
        const fresh = createHost({ pool: {} });
        const loads = [1, 2, 3, 4].map(() => fresh.load({ code: `${script(url)}; await new Promise(() => {});` }, { isolation }));
        for (const error of await Promise.all(loads.map(rejection))) expect(error).to.include({ name: "LoadError", code: "domain-lost" });
        await fresh.dispose();
      });
    }

    it("cannot take the page, or the frame around it, along", () =>
      use<Sample>(code, async ({ exports }) => {
        if (isolation === "realm") return; // trusted: it is the page's own origin
        const here = location.href;
        for (const target of ["parent", "top"]) {
          await exports.run(`(() => { try { ${target}.location = "about:blank"; } catch {} })()`);
          await exports.run(`(() => { try { open("about:blank", "_${target}"); } catch {} })()`);
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(location.href).to.equal(here);
        expect(await exports.fine()).to.equal("fine");
      }));
  },
  ["frame", "realm"],
);

inEveryIsolation(
  "a unit in a worker",
  (place) => {
    it("is lost when it closes itself", () =>
      endsBy(place, ({ exports }) => void exports.run(`(self.close(), 1)`).catch(() => {})));

    it("is lost when it closes itself while it is loaded", async () => {
      const error = await rejection(place.load(`self.close(); await new Promise(() => {});`));
      expect(error).to.include({ name: "LoadError", code: "domain-lost" });
    });

    it("may use its worker's own messages without harm", () =>
      place.use<Sample>(code, async ({ exports }) => {
        await exports.run(`(self.postMessage("hello"), self.postMessage({ any: "thing" }), 1)`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(await exports.fine()).to.equal("fine");
      }));

    it("survives an uncaught error", () =>
      place.use<Sample>(code, async ({ exports }) => {
        await exports.run(`(setTimeout(() => { throw new Error("uncaught"); }), 1)`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(await exports.fine()).to.equal("fine");
      }));
  },
  ["worker"],
);
