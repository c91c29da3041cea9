import { expect } from "chai";
import { release, type Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { collectUntil } from "../support/collect.js";
import { rejection } from "../support/rejection.js";

const code = `
  export class Thing { value = 1; read() { return this.value; } never() { return new Promise(() => {}); } self() { return this; } }
  export const make = () => new Thing();
  export const makeAll = () => [new Thing(), new Map([["key", new Thing()]])];
  export const callback = () => (n) => n + 1;
  export function* count() { yield 1; yield 2; }
  export const stream = () => new ReadableStream({ pull(controller) { controller.enqueue(1); } });
  export const signal = () => new AbortController().signal;
  export const table = { cell: 1 };
  let held;
  export const hold = (value) => { held = value; };
  export const promise = () => ({ never: new Promise(() => {}) });
  export const nothing = () => {};
`;
interface Thing {
  value: number;
  read(): number;
  never(): Promise<void>;
  self(): Thing;
}
interface Sample {
  Thing: new () => Thing;
  make(): Thing;
  makeAll(): [Thing, Map<string, Thing>];
  callback(): (n: number) => number;
  count(): Generator<number>;
  stream(): ReadableStream<number>;
  signal(): AbortSignal;
  table: { cell: number };
  hold(value: unknown): void;
  promise(): { never: Promise<void> };
  nothing(): void;
}

inEveryIsolation("an unload", ({ load }) => {
  const holdings: [what: string, line: RegExp, take: (unit: Unit<Sample>) => unknown][] = [
    ["an instance", /^1 instance +Thing /m, async ({ exports }) => exports.make()],
    ["a constructed instance", /^1 instance +Thing /m, async ({ exports }) => new exports.Thing()],
    ["a class", /^1 type +Thing /m, async ({ exports }) => exports.Thing],
    ["a function", /^1 callback /m, async ({ exports }) => exports.callback()],
    ["an exported function", /^1 callback +make /m, async ({ exports }) => exports.make],
    ["an iterator", /^1 instance /m, async ({ exports }) => exports.count()],
    ["data with instances in it", /^1 instance +2 × Thing /m, async ({ exports }) => exports.makeAll()],
    ["what a plan returned", /^1 instance +Thing /m, (unit) => unit.chunk((api) => [api.make()])],
    ["what inside() returned", /^1 instance +Thing /m, (unit) => unit.inside((exports) => exports.make())],
  ];
  for (const [what, line, take] of holdings) {
    it(`is blocked by ${what} that the page holds, which it names, until that is released`, async () => {
      const unit = await load<Sample>(code);
      const taken = await take(unit);
      const blocked = await rejection(unit.unload({ deadline: 30 }));
      expect(blocked).to.include({ name: "UnloadBlockedError", code: "unload-blocked", unit: unit.id });
      expect(blocked.message).to.match(line);
      expect(unit.state).to.equal("unloading");
      release(taken);
      expect(await unit.unloaded).to.include({ reason: "requested", rejectedCalls: 0 });
    });
  }

  it("leaves what was handed out working while it waits", async () => {
    const unit = await load<Sample>(code);
    const thing = await unit.exports.make();
    const unloading = unit.unload();
    expect((await rejection(unit.exports.make())).name).to.equal("DomainUnloadedError");
    expect(await thing.read()).to.equal(1);
    const self = await thing.self();
    expect(self).to.equal(thing);
    release(thing);
    expect(await unloading).to.include({ reason: "requested" });
  });

  it("needs each of several references released, in whatever order", async () => {
    const unit = await load<Sample>(code);
    const [one, other, fn] = await Promise.all([unit.exports.make(), unit.exports.make(), unit.exports.callback()]);
    const unloading = unit.unload();
    release(other);
    expect((await rejection(unit.unload({ deadline: 20 }))).message).to.include("2 holders");
    release(fn);
    expect((await rejection(unit.unload({ deadline: 20 }))).message).to.match(/^1 instance +Thing /m);
    release(one);
    await unloading;
  });

  it("is not blocked by data, signals, kept results, or what the unit holds of the page", async () => {
    const unit = await load<Sample>(code);
    await unit.exports.table;
    await unit.exports.signal();
    await unit.exports.hold(() => {});
    const kept = unit.exports.make();
    await unit.exports.nothing();
    const receipt = await unit.unload({ deadline: 1000 });
    expect(receipt).to.include({ reason: "requested", rejectedCalls: 0 });
    expect((await rejection(kept)).name).to.equal("DomainUnloadedError");
  });

  it("comes in the end where what held the unit was merely dropped", async () => {
    const unit = await load<Sample>(code);
    await (async () => void (await (await unit.exports.make()).read()))();
    const unloading = unit.unload();
    await collectUntil("the unit has gone", () => unit.state === "unloaded");
    await unloading;
  });

  it("is blocked by an open stream, until that is cancelled", async () => {
    const unit = await load<Sample>(code);
    const reader = (await unit.exports.stream()).getReader();
    await reader.read();
    const blocked = await rejection(unit.unload({ deadline: 30 }));
    expect(blocked.message).to.match(/^1 call +ReadableStream /m);
    await reader.cancel();
    await unit.unloaded;
  });

  it("by force takes references with it: their calls reject, those under way and later ones", async () => {
    const unit = await load<Sample>(code);
    const thing = await unit.exports.make();
    const fn = await unit.exports.callback();
    const { never } = (await unit.exports.promise()) as unknown as { never: Promise<void> };
    const reader = (await unit.exports.stream()).getReader();
    await reader.read();
    const pending = rejection(thing.never());
    const queued = rejection(thing.read());
    const receipt = await unit.unload({ mode: "force" });
    expect(receipt).to.include({ reason: "forced" });
    expect(receipt.rejectedCalls).to.be.at.least(2);
    for (const error of [await pending, await queued, await rejection(thing.read()), await rejection(fn(1))]) {
      expect(error).to.include({ name: "DomainUnloadedError", unit: unit.id });
    }
    expect((await rejection(never)).name).to.equal("DomainUnloadedError");
    const reading = (async () => {
      for (let result; !result?.done;) result = await reader.read();
    })();
    expect((await rejection(reading)).name).to.equal("DomainUnloadedError");
    release([thing, fn]);
  });

  it("aborts the unit's signals that the page was given", async () => {
    const unit = await load<Sample>(code);
    const signal = await unit.exports.signal();
    await unit.unload();
    expect(signal.aborted).to.equal(true);
    expect((signal.reason as Error).name).to.equal("DomainUnloadedError");
  });
});
