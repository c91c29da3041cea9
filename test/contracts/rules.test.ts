import { expect } from "chai";
import { release, type LeaseKind, type Unit, type UnitState } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { shuffled } from "../support/shuffled.js";
import { until } from "../support/until.js";
import { keeperCode, type Keeper, type Point } from "../support/units.js";

type Sample = Keeper & { counter: number; points: Point[]; feed(): ReadableStream<number> };

const code = `
  ${keeperCode}
  export let counter = 1;
  export const feed = () => new ReadableStream({ pull: (controller) => controller.enqueue(1) }, { highWaterMark: 0 });
`;

/** Something that keeps a unit loaded, and how to let go of it. */
interface Hold {
  kind: LeaseKind;
  /** What the report calls it. */
  label: string;
  letGo(): unknown;
}

/** Every kind of lease that a page can have on a unit, by the rule that says so. */
const holds: Record<string, (unit: Unit<Sample>) => Promise<Hold>> = {
  "L1, an instance": async ({ exports }) => {
    const point = await exports.make(1);
    return { kind: "instance", label: "Point", letGo: () => release(point) };
  },
  "L2, an array with instances in it": async ({ exports }) => {
    const list = [await exports.make(1), [await exports.make(2)]];
    return { kind: "instance", label: "Point", letGo: () => release(list) };
  },
  "L3, a collection, though it is empty": async (unit) => {
    const points = unit.collectionOf<Point>("Point");
    expect(points.size).to.equal(0);
    return { kind: "collection", label: "Point", letGo: () => points.release() };
  },
  "L4, a class of which there is no instance": async ({ exports }) => {
    const type = await exports.Point;
    return { kind: "type", label: "Point", letGo: () => release(type) };
  },
  "L7, a live reference to a variable": async (unit) => {
    const counter = await unit.binding<number>("counter");
    await counter.set(5);
    expect(await counter.get()).to.equal(5);
    return { kind: "binding", label: "counter", letGo: () => counter.release() };
  },
  "L8, a handle to a method": async (unit) => {
    const handle = await unit.handle("Point.read");
    return { kind: "handle", label: "Point.read", letGo: () => handle.release() };
  },
  "L9, a reflection": async (unit) => {
    const reflection = await unit.reflect();
    return { kind: "reflection", label: "exports", letGo: () => reflection.release() };
  },
  "L9, what a reflection has led to": async (unit) => {
    const reflection = await unit.reflect();
    const point = reflection.get("Point");
    const points = point.arrayOf();
    point.release();
    reflection.release();
    return { kind: "reflection", label: "Point[]", letGo: () => points.release() };
  },
  "L10, a call on the stack": async ({ exports }) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await exports.keep("wait", () => promise);
    const call = exports.apply("wait") as Promise<unknown>;
    await exports.count();
    return { kind: "call", label: "apply() running", letGo: async () => (resolve(), await call) };
  },
  "L10, an open stream": async ({ exports }) => {
    const reader = (await exports.feed()).getReader();
    await reader.read();
    return { kind: "call", label: "ReadableStream", letGo: () => reader.cancel() };
  },
  "L11, a delegate": async ({ exports }) => {
    const add = await exports.add();
    expect(await add(1, 2)).to.equal(3);
    return { kind: "callback", label: "", letGo: () => release(add) };
  },
};

inEveryIsolation("a unit stays loaded for", ({ load }) => {
  for (const [what, hold] of Object.entries(holds)) {
    it(`${what}, which blocks alone, is named, and completes the unload when it is released`, async () => {
      const unit = await load<Sample>(code);
      const { kind, label, letGo } = await hold(unit);
      const unloading = unit.unload();
      const blocked = await rejection(unit.unload({ deadline: 20 }));
      const report = unit.whyAlive();
      expect(report.holders.map((lease) => lease.kind)).to.include(kind);
      for (const lease of report.holders) expect(lease).to.include({ unit: unit.id });
      const named = report.holders.find((lease) => lease.kind === kind)!;
      expect(named.label).to.include(label);
      expect(named.path[0]).to.equal("host");
      expect(blocked.message).to.include(kind).and.to.include(label);
      await letGo();
      expect(await unloading).to.deep.include({ reason: "requested", rejectedCalls: 0 });
    });
  }

  it("L10, its own call of the page, which is on the stack", async () => {
    const unit = await load<Sample>(
      `let page; export const take = (given) => { page = given; }; export const begin = () => { void page.wait(); };`,
    );
    const { promise, resolve } = Promise.withResolvers<void>();
    const { exports } = unit as unknown as Unit<{ take(page: unknown): void; begin(): void }>;
    await exports.take({ wait: () => promise });
    await exports.begin();
    await until("it has called", () => unit.whyAlive().holders.some(({ kind }) => kind === "call"));
    const unloading = unit.unload();
    expect((await rejection(unit.unload({ deadline: 20 }))).message).to.match(/^1 call .*held by sample@1.0.0$/m);
    resolve();
    expect((await unloading).reason).to.equal("requested");
  });

  it("an activity that it has declared, until it says that it is done", async () => {
    const unit = await load<Sample>(code);
    await unit.exports.start("work");
    const stopping = unit.exports.never();
    const unloading = unit.unload();
    const report = unit.whyAlive();
    expect(report.holders.map(({ kind, label }) => `${kind} ${label.split(" ")[0]}`)).to.deep.equal([
      "activity work",
      "call never()",
    ]);
    await unit.unload({ mode: "force" });
    await rejection(stopping);
    await unloading;
  });

  it("L6, another unit that was given its exports", async () => {
    const [one, two] = await Promise.all([load<Sample>(code), load<Sample>(code, { manifest: { name: "two" } })]);
    await two.exports.keep("one", one.exports);
    const unloading = one.unload();
    expect(one.whyAlive().holders).to.have.length(1);
    expect(one.whyAlive().holders[0]).to.include({ kind: "dependent", holder: two.id, label: "exports" });
    await two.exports.drop("one");
    await unloading;
    await two.unload();
  });

  it("L14, a collection of another unit's class that has one of its things in it", async () => {
    const [definer, other] = await Promise.all([load<Sample>(code), load<Sample>(code, { manifest: { name: "two" } })]);
    const points = definer.collectionOf<Point>("Point");
    const point = await other.exports.make(1);
    points.add(point);
    release(point);
    const unloading = [definer.unload(), other.unload()];
    for (const unit of [definer, other]) {
      expect(unit.whyAlive().holders.map(({ kind }) => kind)).to.deep.equal(["collection"]);
    }
    points.release();
    await Promise.all(unloading);
  });

  it("L12, any one of these, in whatever order they are released", async () => {
    const unit = await load<Sample>(code);
    const held = await Promise.all(Object.values(holds).map((hold) => hold(unit)));
    await unit.exports.start("work");
    const { order, seed } = shuffled(held);
    const unloading = unit.unload();
    for (const { letGo } of order) {
      expect(unit.state, `seed ${seed}`).to.equal("unloading");
      expect(unit.whyAlive().verdict, `seed ${seed}`).to.equal("held");
      await letGo();
    }
    expect(unit.whyAlive().holders.map(({ kind }) => kind)).to.deep.equal(["activity"]);
    await unit.unload({ mode: "force" });
    await unloading;
  });
});

inEveryIsolation("a unit", ({ load, host }) => {
  it("L3 is not held by an ordinary list that is empty", async () => {
    const unit = await load<Sample>(code);
    const list: Point[] = [];
    await unit.unload();
    expect(list).to.be.empty;
  });

  it("L8 is not held by the text of a handle, which resolves only while the unit is there", async () => {
    const unit = await load<Sample>(code);
    const handle = await unit.handle("make");
    const text = String(handle);
    handle.release();
    const point = await host().resolveHandle<Sample["make"]>(text)(4);
    expect(await point.read()).to.equal(4);
    release(point);
    await unit.unload();
    expect(() => host().resolveHandle(text))
      .to.throw("sample@1.0.0")
      .with.property("name", "DomainUnloadedError");
    const again = await load<Sample>(code);
    expect(() => host().resolveHandle(text))
      .to.throw()
      .with.property("name", "DomainUnloadedError");
    await again.unload();
  });

  it("L13 is not unloaded before its finalizers have run", async () => {
    const unit = await load<Sample>(
      `${code} export const deactivate = async () => { await kept.get("page").deactivating(); };`,
    );
    const states: UnitState[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    await unit.exports.keep("page", {
      deactivating: async () => {
        states.push(unit.state);
        await promise;
      },
    });
    const unloading = unit.unload();
    await until("it is being deactivated", () => states.length > 0);
    expect(states).to.deep.equal(["finalizing"]);
    expect(host().stats().frames).to.equal(1);
    resolve();
    expect((await unloading).finalizerErrors).to.deep.equal([]);
    expect(host().stats().frames).to.equal(0);
  });

  it("L15 gives everything back, its name included", async () => {
    const before = host().stats();
    for (let turn = 0; turn < 3; turn++) {
      const unit = await load<Sample>(code);
      expect(unit.id).to.equal("sample@1.0.0");
      await unit.unload();
    }
    expect({ ...host().stats(), warm: before.warm }).to.deep.equal(before);
    expect(host().snapshot()).to.deep.equal({ units: [], leases: [] });
  });

  it("L16 is transient: neither it nor what it gave out can be copied or saved", async () => {
    const unit = await load<Sample>(code);
    const point = await unit.exports.make(1);
    for (const thing of [unit, unit.exports, point]) expect(() => structuredClone(thing)).to.throw(DOMException);
    release(point);
    await unit.unload();
  });

  it("L17 goes by itself where it is automatic, and stays pinned until unload() where it is not", async () => {
    const [automatic, explicit] = await Promise.all([
      load<Sample>(code, { collectible: "auto" }),
      load<Sample>(code, { collectible: "explicit" }),
    ]);
    automatic.release();
    explicit.release();
    expect((await automatic.unloaded).reason).to.equal("collected");
    expect(explicit.state).to.equal("active");
    await explicit.unload();
  });

  it("R3 reaches only what it was given: an import that was not declared fails at link", async () => {
    const loading = load(`import { files } from "page"; export const f = files;`);
    const error = await rejection(loading);
    expect(error).to.include({ name: "LoadError", code: "import-unresolved" });
    expect(error.message).to.include("page").and.to.include("sample");
    const unit = await load<Sample>(code);
    await unit.exports.keep("files", { read: () => "given" });
    expect(await unit.exports.call("files", "read")).to.equal("given");
    await unit.unload();
  });

  it("R5 is made by the host's loader alone: what the page has imported itself is in no book", async () => {
    const url = URL.createObjectURL(new Blob(["export const own = 1;"], { type: "text/javascript" }));
    const own = (await import(/* @vite-ignore */ url)) as { own: number };
    URL.revokeObjectURL(url);
    expect(own.own).to.equal(1);
    expect(host().snapshot()).to.deep.equal({ units: [], leases: [] });
  });
});
