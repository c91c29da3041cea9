import { expect } from "chai";
import type { Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

const code = `
  let controller, heard = [];
  export const listen = async (signal, name) => {
    if (signal.aborted) heard.push([name, "at once", signal.reason]);
    else signal.addEventListener("abort", () => heard.push([name, "later", signal.reason]));
  };
  export const told = () => heard;
  export const work = async ({ signal }) => {
    for (;;) { signal.throwIfAborted(); await new Promise((resolve) => setTimeout(resolve, 2)); }
  };
  export const isAborted = (signal) => signal.aborted;
  export const isSame = (one, other) => one === other;
  export const give = () => { controller = new AbortController(); return controller.signal; };
  export const giveAborted = () => AbortSignal.abort(new RangeError("gone"));
  export const abort = (reason) => { controller.abort(reason); };
  export const fetchLate = async (signal) => { await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))); };
  export const nothing = () => {};
`;
interface Sample {
  listen(signal: AbortSignal, name: string): Promise<void>;
  told(): [string, string, unknown][];
  work(options: { signal: AbortSignal }): Promise<void>;
  isAborted(signal: AbortSignal): boolean;
  isSame(one: unknown, other: unknown): boolean;
  give(): AbortSignal;
  giveAborted(): AbortSignal;
  abort(reason?: unknown): void;
  fetchLate(signal: AbortSignal): Promise<void>;
  nothing(): void;
}

inEveryIsolation("a signal", ({ use }) => {
  const inUnit = (body: (unit: Unit<Sample>) => unknown): Promise<unknown> => use<Sample>(code, body);

  it("of the page aborts over there when it does, with its reason", () =>
    inUnit(async ({ exports }) => {
      const controller = new AbortController();
      await exports.listen(controller.signal, "one");
      expect(await exports.told()).to.deep.equal([]);
      controller.abort(Object.assign(new RangeError("enough"), { code: "E_ENOUGH" }));
      await until("it was heard", async () => (await exports.told()).length === 1);
      const [[name, when, reason]] = (await exports.told()) as [[string, string, Error]];
      expect([name, when]).to.deep.equal(["one", "later"]);
      expect(reason).to.be.instanceOf(RangeError).and.to.include({ message: "enough", code: "E_ENOUGH" });
    }));

  it("that aborted before arrives as such", () =>
    inUnit(async ({ exports }) => {
      expect(await exports.isAborted(AbortSignal.abort("early"))).to.equal(true);
      await exports.listen(AbortSignal.abort({ why: ["early"] }), "early");
      expect(await exports.told()).to.deep.equal([["early", "at once", { why: ["early"] }]]);
    }));

  it("cancels the call that it is an argument of", () =>
    inUnit(async ({ exports }) => {
      const controller = new AbortController();
      const working = rejection(exports.work({ signal: controller.signal }));
      await exports.nothing();
      controller.abort();
      expect((await working).name).to.equal("AbortError");
    }));

  it("that aborts in the turn of the call does so over there, too", () =>
    inUnit(async ({ exports }) => {
      const controller = new AbortController();
      const working = rejection(exports.work({ signal: controller.signal }));
      controller.abort("at once");
      expect(await working).to.equal("at once");
    }));

  it("is the same one over there while it is sent again", () =>
    inUnit(async ({ exports }) => {
      const { signal } = new AbortController();
      expect(await exports.isSame(signal, signal)).to.equal(true);
    }));

  it("of a timeout aborts with a TimeoutError", () =>
    inUnit(async ({ exports }) => {
      expect((await rejection(exports.fetchLate(AbortSignal.timeout(20)))).name).to.equal("TimeoutError");
    }));

  it("of a unit aborts here when it does", () =>
    inUnit(async ({ exports }) => {
      const signal = await exports.give();
      expect(signal).to.be.instanceOf(AbortSignal);
      expect(signal.aborted).to.equal(false);
      await exports.abort({ code: 3 });
      await until("it aborted", () => signal.aborted);
      expect(signal.reason).to.deep.equal({ code: 3 });
      const gone = await exports.giveAborted();
      expect(gone.aborted).to.equal(true);
      expect(gone.reason).to.be.instanceOf(RangeError);
    }));

  it("that never aborts holds nothing", () =>
    inUnit(async ({ exports }) => {
      await exports.isAborted(new AbortController().signal);
      const signal = await exports.give();
      expect(signal.aborted).to.equal(false);
    }));
});
