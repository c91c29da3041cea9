import { expect } from "chai";
import type { Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

const code = `
  const tick = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  class Thing {}
  let aborted;
  export const later = async (value, ms) => { await tick(ms); return value; };
  export const makeLater = async (ms) => { await tick(ms); return new Thing(); };
  export const watch = async (signal) => { signal.addEventListener("abort", () => { aborted = signal.reason; }); await tick(60_000); };
  export const reason = () => aborted;
  export const isAborted = (signal) => signal.aborted;
  export const never = () => new Promise(() => {});
  export const nothing = () => {};
`;
interface Sample {
  later<T>(value: T, ms: number): Promise<T>;
  makeLater(ms: number): Promise<{ x(): void }>;
  watch(signal: AbortSignal): Promise<void>;
  reason(): unknown;
  isAborted(signal: AbortSignal): boolean;
  never(): Promise<never>;
  nothing(): void;
}

inEveryIsolation("a call that takes longer than its limit", ({ use }) => {
  const limits = { callTimeout: 400 };
  const inUnit = (body: (unit: Unit<Sample>) => unknown): Promise<unknown> => use<Sample>(code, body, { limits });

  it("rejects, named, and no other does", () =>
    inUnit(async ({ exports }) => {
      const started = performance.now();
      const late = rejection(exports.never());
      expect(await exports.later("in time", 50)).to.equal("in time");
      const error = await late;
      expect(error).to.include({ name: "TimeoutError", code: "call-late" });
      expect(error.message).to.include("never()").and.to.include("400 ms").and.to.include("limits.callTimeout");
      expect(performance.now() - started).to.be.within(380, 2000);
      expect(await exports.later("later", 1)).to.equal("later");
    }));

  it("aborts over there the signals that it was given, and leaves them as they are here", () =>
    inUnit(async ({ exports }) => {
      const { signal } = new AbortController();
      const error = await rejection(exports.watch(signal));
      expect(error.code).to.equal("call-late");
      await until("the signal aborted over there", async () => (await exports.reason()) !== undefined);
      expect(await exports.reason()).to.include({ name: "TimeoutError", code: "call-late" });
      expect(signal.aborted).to.equal(false);
      expect(await exports.isAborted(signal), "used again, it crosses anew").to.equal(false);
    }));

  it("has its result let go of, when that comes", () =>
    inUnit(async ({ exports }) => {
      expect((await rejection(exports.makeLater(500))).code).to.equal("call-late");
      await exports.later("", 200);
    }));

  it("may be a plan, or what runs inside", () =>
    inUnit(async (unit) => {
      const errors = await Promise.all([
        rejection(unit.chunk((api) => api.never())),
        rejection(unit.inside((exports) => exports.never())),
      ]);
      expect(errors.map(({ code }) => code)).to.deep.equal(["call-late", "call-late"]);
      expect(errors[1].message).to.include("inside()");
    }));

  it("rejects what depends on it, naming the step", () =>
    inUnit(async ({ exports }) => {
      const step = exports.never();
      const error = await rejection(exports.later(step, 1));
      expect(error).to.include({ name: "TimeoutError", code: "call-late" });
      await rejection(step);
    }));
});
