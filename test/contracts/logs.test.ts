import { expect } from "chai";
import type { Unit } from "leasehold";
import { inEngine } from "../support/engine.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { until } from "../support/until.js";

const code = `
  console.warn("while loading", { at: 1 });
  export const log = (level, ...args) => console[level](...args);
  export const odd = () => console.info(() => {}, Symbol("s"), new Error("shown"), [1, { deep: true }], globalThis, null, undefined, 7n);
  export const hostile = () => console.info(new Proxy(new Error("x"), { get() { throw new Error("gotcha"); } }));
  export const throwLater = () => void setTimeout(() => { throw new RangeError("from a timer"); });
  export const rejectLater = () => void Promise.reject(new TypeError("nobody catches"));
  export const throwInHandler = () => {
    const target = new EventTarget();
    target.addEventListener("x", () => { throw new Error("from a handler"); });
    target.dispatchEvent(new Event("x"));
    return "dispatched";
  };
  export const flood = (count) => { for (let i = 0; i < count; i++) console.debug(i); };
  export const fine = () => "fine";
`;
interface Sample {
  log(level: string, ...args: unknown[]): void;
  odd(): void;
  hostile(): void;
  throwLater(): void;
  rejectLater(): void;
  throwInHandler(): string;
  flood(count: number): void;
  fine(): string;
}

inEveryIsolation("what a unit says", ({ host, use, isolation }) => {
  let logs: { unit: Unit; level: string; args: unknown[] }[];
  const hear = (event: Event): void => void logs.push((event as CustomEvent<(typeof logs)[number]>).detail);
  beforeEach(() => {
    logs = [];
    host().addEventListener("log", hear);
  });
  afterEach(() => host().removeEventListener("log", hear));
  const heard = (level: string, text: string): boolean =>
    logs.some((entry) => entry.level === level && entry.args.some((arg) => String(arg).includes(text)));

  it("on its console reaches the host, with level, arguments and unit", () =>
    use<Sample>(code, async (unit) => {
      for (const level of ["debug", "log", "info", "warn", "error"])
        await unit.exports.log(level, level, { data: [1] });
      expect(logs.map(({ level, args }) => [level, ...args])).to.deep.equal([
        ["warn", "while loading", { at: 1 }],
        ["debug", "debug", { data: [1] }],
        ["info", "log", { data: [1] }],
        ["info", "info", { data: [1] }],
        ["warn", "warn", { data: [1] }],
        ["error", "error", { data: [1] }],
      ]);
      expect(new Set(logs.map((log) => log.unit))).to.deep.equal(new Set([unit]));
    }));

  it("reaches the host as data, whatever it was", () =>
    use<Sample>(code, async ({ exports }) => {
      await exports.odd();
      const [fn, symbol, error, list, global, ...rest] = logs.at(-1)!.args;
      expect(fn).to.equal("[object Function]");
      expect(symbol).to.equal("[object Symbol]");
      expect(error).to.include("Error: shown");
      expect(list).to.deep.equal([1, { deep: true }]);
      expect(global).to.be.a("string");
      expect(rest).to.deep.equal([null, undefined, 7n]);
      await exports.hostile();
      expect(await exports.fine()).to.equal("fine");
    }));

  /** What is told of an error that was thrown: WebKit hides it from anybody in a document without an origin. */
  const thrown = (message: string): string =>
    isolation === "realm" ? message : inEngine({ chromium: message, firefox: message, webkit: "Script error." });

  it("by an error that it does not catch reaches the host, and breaks nothing", () =>
    use<Sample>(code, async ({ exports }) => {
      await exports.throwLater();
      await until("the error is heard", () => heard("error", thrown("from a timer")));
      logs.length = 0;
      await exports.rejectLater();
      await until("the rejection is heard", () => heard("error", "nobody catches"));
      expect(await exports.throwInHandler()).to.equal("dispatched");
      await until("the handler's error is heard", () => heard("error", thrown("from a handler")));
      expect(await exports.fine()).to.equal("fine");
    }));

  it("in a flood delays nothing for long", () =>
    use<Sample>(code, async ({ exports }) => {
      await exports.flood(5000);
      expect(await exports.fine()).to.equal("fine");
      expect(logs.filter(({ level }) => level === "debug")).to.have.length(5000);
    }));
});
