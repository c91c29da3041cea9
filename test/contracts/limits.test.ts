import { expect } from "chai";
import type { HostEvents, Limits, LeaseholdError } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

const code = `
  let context;
  export const activate = (given) => { context = given; };
  export const text = (length) => "x".repeat(length);
  export const log = (length) => console.log("x".repeat(length));
  export const logs = (count) => { for (let i = 0; i < count; i++) console.log(i); };
  export const begin = (count) => { for (let i = 0; i < count; i++) context.activity("work"); };
  export const call = (callback, count) => { for (let i = 0; i < count; i++) callback(i).catch(() => {}); };
  export const give = (callback, count) => void callback(Array.from({ length: count }, (_, i) => () => i)).catch(() => {});
  export const sum = async (callback, count) => {
    const results = await Promise.all(Array.from({ length: count }, (_, i) => callback(i)));
    return results.reduce((one, other) => one + other, 0);
  };
  export const chain = async (start, count) => {
    const made = Array.from({ length: count }, (_, i) => start(i).next());
    return (await Promise.all(made)).length;
  };
  export const tile = (index) => new Uint8Array(256 * 1024).fill(index);
  export const keep = async (put, count) => {
    const kept = await Promise.all(Array.from({ length: count }, (_, i) => put(tile(i))));
    return kept.reduce((one, other) => one + other, 0);
  };
  export const never = () => new Promise(() => {});
`;
interface Sample {
  text(length: number): string;
  log(length: number): void;
  logs(count: number): void;
  begin(count: number): void;
  call(callback: (index: number) => unknown, count: number): void;
  give(callback: (list: unknown[]) => unknown, count: number): void;
  sum(callback: (index: number) => number, count: number): number;
  chain(start: (index: number) => { next(): number }, count: number): number;
  tile(index: number): Uint8Array;
  keep(put: (tile: Uint8Array) => number, count: number): number;
  never(): Promise<void>;
}

const never = (): Promise<void> => new Promise(() => {});

inEveryIsolation("a unit that passes a limit", ({ host, load, use }) => {
  type Exports = Awaited<ReturnType<typeof load<Sample>>>["exports"];
  const passing: [limit: keyof Limits, value: number, title: string, act: (exports: Exports) => unknown][] = [
    ["messageBytes", 10_000, "by what it returns", (exports) => exports.text(10_000)],
    ["messageBytes", 10_000, "by what it logs", (exports) => exports.log(10_000)],
    ["operationsPerSecond", 1000, "by what it logs", (exports) => exports.logs(1001)],
    ["operationsPerSecond", 1000, "by its activities", (exports) => exports.begin(1001)],
    ["operationsPerSecond", 1000, "by what it calls", (exports) => exports.call(() => 1, 1001)],
    ["pendingCalls", 100, "by what it calls", (exports) => exports.call(never, 101)],
    [
      "pendingCalls",
      100,
      "by what it does not answer",
      (exports) => Promise.all(Array.from({ length: 101 }, () => exports.never())),
    ],
    ["leases", 100, "by what it gives", (exports) => exports.give(() => 1, 101)],
    ["leases", 100, "by its activities", (exports) => exports.begin(101)],
  ];

  for (const [limit, value, title, act] of passing) {
    it(`${limit}, ${title}, is ended with an error that names it`, async () => {
      const told: [type: string, detail: HostEvents["crash"] & HostEvents["violation"] & HostEvents["unload"]][] = [];
      const hear = (event: Event): void => void told.push([event.type, (event as CustomEvent).detail]);
      const types = ["violation", "crash", "unload"];
      for (const type of types) host().addEventListener(type, hear);
      const unit = await load<Sample>(code, { limits: { [limit]: value } });
      const pending = rejection(unit.exports.never());
      Promise.resolve(act(unit.exports)).catch(() => {});
      const { reason } = await unit.unloaded;
      for (const type of types) host().removeEventListener(type, hear);
      expect(reason).to.equal("violation");
      expect(unit.state).to.equal("failed");
      const expected = {
        name: "LimitExceededError",
        code: limit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      };
      expect(unit.failure).to.include({ ...expected, unit: unit.id });
      const { message } = unit.failure as LeaseholdError;
      expect(message).to.include(unit.id).and.include(`limits.${limit}`).and.include(value.toLocaleString("en"));
      expect(await pending).to.include(expected);
      expect(told.map(([type]) => type)).to.deep.equal(types);
      expect(told.map(([, detail]) => detail.unit)).to.deep.equal([unit, unit, unit]);
      expect(told[0]![1].limit).to.equal(limit);
      expect(told[1]![1].error).to.equal(unit.failure);
    });
  }

  it("while it is loaded fails to load, with that error", async () => {
    const loading = load(`console.log("x".repeat(10_000)); await new Promise(() => {});`, {
      limits: { messageBytes: 10_000 },
    });
    expect(await rejection(loading)).to.include({ name: "LimitExceededError", code: "message-bytes" });
  });

  it("of the host's is ended as for one of the load's", async () => {
    const { createHost } = await import("leasehold");
    const own = createHost({ limits: { operationsPerSecond: 100 }, pool: {} });
    const unit = await own.load<Sample>({ code, manifest: { name: "sample", version: "1.0.0" } });
    unit.exports.logs(101).catch(() => {});
    expect(await unit.unloaded).to.include({ reason: "violation" });
    await own.dispose();
  });

  it("is not one that calls 20,000 times in one turn: it gets all answers, in order", () =>
    use<Sample>(code, async ({ exports }) => {
      const seen: number[] = [];
      const sum = await exports.sum((index) => (seen.push(index), index), 20_000);
      expect(sum).to.equal((20_000 * 19_999) / 2);
      expect(seen.every((index, at) => index === at)).to.equal(true);
    }));

  it("is not one that goes on from 10,000 results in one turn", () =>
    use<Sample>(code, async ({ exports }) => {
      expect(await exports.chain((index) => ({ next: () => index }), 10_000)).to.equal(10_000);
    }));

  it("is not one whose results of one turn, or arguments, are more together than one message may be", () =>
    use<Sample>(code, async ({ exports }) => {
      const tiles = await Promise.all(Array.from({ length: 80 }, (_, index) => exports.tile(index)));
      expect(tiles.map(({ length }) => length)).to.deep.equal(tiles.map(() => 256 * 1024));
      expect(tiles.map(([first]) => first)).to.deep.equal(tiles.map((_, index) => index));
      expect(await exports.keep(({ length }) => length, 80)).to.equal(80 * 256 * 1024);
    }));
});
