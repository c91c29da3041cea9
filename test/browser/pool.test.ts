import { expect } from "chai";
import { createHost, type Host, type HostOptions, type Isolation } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { inEngine, isolated } from "../support/engine.js";
import { isolations } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { elsewhere } from "../support/served.js";
import { until } from "../support/until.js";

const code = `
  export const fine = () => "fine";
  export const get = async (url) => (await fetch(url)).status;
  export const mark = () => {
    globalThis.mark = 1;
    Object.prototype.mark = 1;
    Symbol.for("mark");
    if (globalThis.document) { document.body.dataset.mark = 1; }
    globalThis.name = "mark";
  };
  export const marks = () => [globalThis.mark, {}.mark, globalThis.document?.body.dataset.mark, globalThis.name];
`;
interface Sample {
  fine(): string;
  get(url: string): Promise<number>;
  mark(): void;
  marks(): unknown[];
}

const frames = (): HTMLIFrameElement[] => [...document.querySelectorAll("iframe")];
const frameOf = (unit: object): HTMLIFrameElement =>
  (unit as unknown as { domain: { frame: HTMLIFrameElement } }).domain.frame;
const isReady = (host: Host, warm: number): Promise<unknown> =>
  until(`${warm} are warm`, () => host.stats().warm === warm);

async function withHost(options: HostOptions, body: (host: Host) => unknown): Promise<void> {
  const host = createHost(options);
  try {
    await body(host);
  } finally {
    await host.dispose();
  }
}

describe("the pool of warm domains", () => {
  leavesNothing();

  it("has a frame and a worker by default, which are in no other count", () =>
    withHost({}, async (host) => {
      await isReady(host, 2);
      expect(frames()).to.have.length(2);
      expect(host.stats()).to.deep.equal({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0, warm: 2 });
    }));

  it("can be empty", () =>
    withHost({ pool: { frame: 0, worker: 0 } }, async (host) => {
      expect(frames()).to.have.length(0);
      for (const isolation of isolations) {
        const unit = await host.load<Sample>({ code }, { isolation });
        expect(await unit.exports.fine()).to.equal("fine");
        expect(host.stats().warm).to.equal(0);
        await unit.unload();
      }
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(frames()).to.have.length(0);
    }));

  it("goes with the host, ready or not", async () => {
    for (const wait of [0, 5, 20, 40]) {
      const host = createHost({ pool: { frame: 2, worker: 2, realm: 2 } });
      await new Promise((resolve) => setTimeout(resolve, wait));
      await host.dispose();
      expect(frames()).to.have.length(0);
      expect(host.stats().warm).to.equal(0);
    }
  });

  it("starts in a page that has no body yet", async () => {
    const { body } = document;
    body.remove();
    try {
      await withHost({ pool: { worker: 1 } }, async (host) => {
        const unit = await host.load<Sample>({ code }, { isolation: "worker" });
        document.documentElement.append(body);
        expect(await unit.exports.fine()).to.equal("fine");
        await isReady(host, 1);
      });
    } finally {
      document.documentElement.append(body);
    }
  });

  it("starts its domains anew when a unit has stopped the process that all frames share", async () => {
    // Where frames share the page's own process, there is nobody left to start anything; docs/engines.md says so.
    if (!inEngine({ chromium: isolated, firefox: false, webkit: false })) return;
    const loop = `const end = Date.now() + 12_000; while (Date.now() < end);`;
    const limits = { callTimeout: 300, finalizers: 300 };
    await withHost({ limits }, async (host) => {
      await isReady(host, 2);
      const looping = await host.load<{ loop(): void }>(
        { code: `export const loop = () => { ${loop} };` },
        { isolation: "frame" },
      );
      await isReady(host, 2);
      const call = rejection(looping.exports.loop());
      await new Promise((resolve) => setTimeout(resolve, 50));
      await looping.unload({ mode: "force" });
      expect((await call).name).to.equal("DomainUnloadedError");
      const next = await host.load<Sample>({ code }, { isolation: "frame", limits: { callTimeout: 5000 } });
      await next.unload();

      expect(await rejection(host.load({ code: loop }, { isolation: "frame" }))).to.include({ code: "load-late" });
      const last = await host.load<Sample>({ code }, { limits: { callTimeout: 5000 } });
      expect(await last.exports.fine()).to.equal("fine");
      await last.unload();
    });
  });

  for (const isolation of isolations) {
    describe(`of ${isolation}s`, () => {
      const others = Object.fromEntries(isolations.map((one) => [one, 0])) as Record<Isolation, number>;
      const withPool = (size: number, body: (host: Host) => unknown): Promise<void> =>
        withHost({ pool: { ...others, [isolation]: size } }, body);

      it("gives its domains away, and starts new ones", () =>
        withPool(2, async (host) => {
          await isReady(host, 2);
          const warm = frames();
          const unit = await host.load<Sample>({ code }, { isolation });
          expect(warm).to.include(frameOf(unit));
          await isReady(host, 2);
          expect(frames()).to.have.length(3);
          await unit.unload();
          expect(frames()).to.have.length(2);
        }));

      it("never gives one to a second unit", () =>
        withPool(1, async (host) => {
          const used = new Set<HTMLIFrameElement>();
          for (let turn = 0; turn < 4; turn++) {
            const unit = await host.load<Sample>({ code }, { isolation });
            expect(used.has(frameOf(unit))).to.be.false;
            used.add(frameOf(unit));
            expect(await unit.exports.marks()).to.deep.equal([undefined, undefined, undefined, ""]);
            await unit.exports.mark();
            await unit.unload();
          }
        }));

      it("does not take back the domain of a load that failed", () =>
        withPool(1, async (host) => {
          await isReady(host, 1);
          const [warm] = frames();
          await rejection(host.load({ code: `globalThis.mark = 1; throw new Error("no")` }, { isolation }));
          expect(warm!.isConnected).to.be.false;
          const unit = await host.load<Sample>({ code }, { isolation });
          expect((await unit.exports.marks())[0]).to.equal(undefined);
          await unit.unload();
        }));

      it("gives away one that is still starting, once", () =>
        withPool(1, async (host) => {
          const [starting] = frames();
          expect(host.stats().warm).to.equal(0);
          const units = await Promise.all([1, 2, 3].map(() => host.load<Sample>({ code }, { isolation })));
          const theirs = new Set(units.map(frameOf));
          expect(theirs.size).to.equal(3);
          expect(theirs.has(starting!)).to.be.true;
          expect(await Promise.all(units.map(({ exports }) => exports.fine()))).to.deep.equal(["fine", "fine", "fine"]);
          await Promise.all(units.map((unit) => unit.unload()));
        }));

      it("does without the ones that do not fit the grant", () =>
        withPool(1, async (host) => {
          await isReady(host, 1);
          const [warm] = frames();
          const features = ["clipboard-write"];
          const unit = await host.load<Sample>(
            { code, manifest: { permissions: { features } } },
            { isolation, grant: { features } },
          );
          expect(frameOf(unit)).not.to.equal(warm);
          expect(frameOf(unit).allow).to.match(/^clipboard-write \*(; [a-z-]+ 'none')*$/);
          expect(await unit.exports.fine()).to.equal("fine");
          expect(host.stats().warm).to.equal(1);
          await unit.unload();
        }));

      it("closes each domain as its unit's grant says, and no wider", () =>
        withPool(1, async (host) => {
          if (isolation === "realm") return; // trusted: no policy of ours is around it
          const granted = await elsewhere("/package.json?pool", { cors: true });
          const network = [new URL(granted).origin];
          const open = await host.load<Sample>(
            { code, manifest: { permissions: { network } } },
            { isolation, grant: { network } },
          );
          const closed = await host.load<Sample>({ code, manifest: { permissions: { network } } }, { isolation });
          expect(await open.exports.get(granted)).to.equal(200);
          expect((await rejection(closed.exports.get(granted))).name).to.equal("TypeError");
          expect((await rejection(open.exports.get(new URL("/package.json", location.href).href))).name).to.equal(
            "TypeError",
          );
          await Promise.all([open.unload(), closed.unload()]);
        }));
    });
  }
});
