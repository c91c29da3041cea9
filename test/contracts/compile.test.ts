import { expect } from "chai";
import { createHost, release, type Remote, type Unit } from "leasehold";
import { collectUntil } from "../support/collect.js";
import { inEngine } from "../support/engine.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { measure, type Measurement } from "../support/measure.js";
import { rejection } from "../support/rejection.js";
import { rounds } from "../support/rounds.js";

const code = `
  const secret = "of the module";
  const references = [];
  export const version = "1";
  export const watch = (fn) => { references.push(new WeakRef(fn)); };
  const fill = () => { for (let i = 0; i < 4; i++) new Uint8Array(8 << 20)[0] = 1; };
  export const alive = async () => {
    await new Promise((resolve) => setTimeout(resolve)); // what a WeakRef has shown is kept until the end of the task
    (globalThis.gc ?? fill)();
    return references.filter((each) => each.deref()).length;
  };
  export const half = (n) => n / 2;
`;
interface Sample {
  watch(fn: unknown): void;
  /** How many of those are not collected, after a collection. */
  alive(): Promise<number>;
  half(n: number): number;
}
const bytesOf = ({ page, frames }: Measurement): number => page.JSHeapUsedSize + (frames?.JSHeapUsedSize ?? 0);

type Add = (a: number, b?: number) => number;

inEveryIsolation("a function that is compiled in a unit", ({ isolation, load, use, host }) => {
  const inUnit = (body: (unit: Unit<Sample>) => unknown): Promise<unknown> => use<Sample>(code, body);
  const kinds = (unit: Unit<Sample>): string[] => unit.whyAlive().holders.map(({ kind, label }) => `${kind} ${label}`);
  /** Compiles one, calls it with these, and lets go of it. */
  const run = async (unit: Unit<Sample>, body: string, parameters: string[] = [], ...args: unknown[]) => {
    using fn = await unit.compile(parameters, body);
    return await fn(...args);
  };

  it("is called like any other of its functions", () =>
    inUnit(async (unit) => {
      const add = await unit.compile<Add>(["a", "b = 2"], "return a + b;");
      expect(await add(1)).to.equal(3);
      expect(await Promise.all([add(1, 1), add(2, 2)])).to.deep.equal([2, 4]);
      release(add);
      expect((await rejection(add(1))).code).to.equal("released");
    }));

  it("takes every form of parameter that the language has, and is none but a plain function", () =>
    inUnit(async (unit) => {
      const parameters = ["{ a }", "[b] = [2]", "c = a + b", "...rest"];
      expect(await run(unit, "return [a, b, c, rest];", parameters, { a: 1 })).to.deep.equal([1, 2, 3, []]);
      expect(await run(unit, "return n // a comment", ["n /* another */"], 5)).to.equal(5);
      expect(await run(unit, "")).to.equal(undefined);
      expect(await run(unit, "return (async () => await n)()", ["n"], 5)).to.equal(5);
      for (const body of ["await 1", "yield 1", "super.x", "import.meta"])
        expect((await rejection(unit.compile([], body))).code, body).to.equal("syntax-error");
    }));

  it("takes and gives what every call does: the page's callbacks, and its own things by reference", () =>
    inUnit(async (unit) => {
      expect(await run(unit, "return (async () => each(await each(n)))()", ["each", "n"], (n: number) => n * 2, 3))
        .to //
        .equal(12);
      expect(await run(unit, "return half(n)", ["half", "n"], unit.exports.half, 8)).to.equal(4);
      const make = await unit.compile<() => { read(): number }>([], "return new (class { read() { return 7; } })();");
      const made = await make();
      release(make);
      expect(await made.read()).to.equal(7);
      release(made);
    }));

  it("is strict, and sees the domain's globals and its arguments alone", () =>
    inUnit(async (unit) => {
      expect(await run(unit, "return [typeof this, typeof URL, typeof globalThis]")).to.deep.equal([
        "undefined",
        "function",
        "object",
      ]);
      const names = ["secret", "version", "exports", "unit", "session", "count", "parameters", "body", "$leasehold"];
      const seen = await run(unit, `return [${names.map((name) => `typeof ${name}`).join()}]`);
      expect(seen).to.deep.equal(names.map(() => "undefined"));
      expect((await rejection(run(unit, "undeclared = 1"))).name).to.equal("ReferenceError");
      for (const body of ["with ({}) {}", "return 010", "delete undeclared"])
        expect((await rejection(unit.compile([], body))).code, body).to.equal("syntax-error");
    }));

  it("throws what it throws, with its own place in the stack", () =>
    inUnit(async (unit) => {
      await run(unit, "");
      const error = await rejection(run(unit, `throw Object.assign(new RangeError("own"), { code: "E_OWN" });`));
      expect(error).to.be.instanceOf(RangeError).and.to.include({ message: "own", code: "E_OWN" });
      const place = /unit:\/\/\/sample@1\.0\.0\/compiled\/2\.js:3:/;
      // WebKit tells no place in code that was compiled from text.
      expect(error.stack).to.match(inEngine({ chromium: place, firefox: place, webkit: /^anonymous@$/m }));
    }));

  it("keeps the unit loaded as a callback, by name, until it is released", async () => {
    const unit = await load<Sample>(code);
    const [one, two] = await Promise.all([unit.compile<Add>(["a"], "return a"), unit.compile<Add>(["a"], "return a")]);
    expect(kinds(unit)).to.deep.equal(["pin sample@1.0.0", "callback compiled/1", "callback compiled/2"]);
    release(one);
    const blocked = await rejection(unit.unload({ deadline: 20 }));
    expect(blocked.message).to.match(/^1 callback +compiled\/2/m);
    expect(await two(5)).to.equal(5);
    release(two);
    expect((await unit.unloaded).reason).to.equal("requested");
  });

  it("is collected over there once it is released", () =>
    inUnit(async (unit) => {
      const fns = await Promise.all(Array.from({ length: 50 }, () => unit.compile(["a"], "return a")));
      await Promise.all(fns.map((fn) => unit.exports.watch(fn)));
      expect(await unit.exports.alive()).to.equal(50);
      release(fns);
      await collectUntil("none is left", async () => (await unit.exports.alive()) === 0);
      expect(kinds(unit)).to.deep.equal(["pin sample@1.0.0"]);
    }));

  it("is collected, too, where the page has merely dropped it", () =>
    inUnit(async (unit) => {
      await (async () => void (await (await unit.compile(["a"], "return a"))(1)))();
      await collectUntil("its lease has ended", () => kinds(unit).length === 1);
    }));

  it("leaves nothing anywhere, however often", async function () {
    this.timeout(60_000);
    const unit = await load<Sample>(code);
    const before = host().stats();
    const chunk = async (size: number, start: number): Promise<void> => {
      const fns = Array.from({ length: size }, (_, n) => unit.compile<Add>(["a"], `return a + ${start + n};`));
      const results = await Promise.all(fns.map(async (fn) => (await fn)(1)));
      expect(results).to.deep.equal(Array.from({ length: size }, (_, n) => start + n + 1));
      await unit.exports.watch(await fns[0]);
      release(await Promise.all(fns));
    };
    const runTo = async (from: number, to: number): Promise<void> => {
      for (let start = from; start < to; start += 100) await chunk(100, start);
    };
    await runTo(0, 2000);
    const early = await measure();
    await runTo(2000, 2000 + rounds(8000));
    const late = await measure();
    await collectUntil("none is left", async () => (await unit.exports.alive()) === 0);
    expect(kinds(unit)).to.deep.equal(["pin sample@1.0.0"]);
    expect(host().stats()).to.deep.equal({ ...before, warm: host().stats().warm });
    if (early && late) {
      const growth = bytesOf(late) - bytesOf(early);
      // 8,000 functions that stayed would be some megabytes; the engine's own caches take part of one, once.
      expect(growth, `${isolation}: ${growth} bytes`).to.be.below(1 << 19);
    }
    expect((await unit.unload()).released.leases).to.equal(1);
  });

  it("is refused where its text closes a bracket early, and runs nothing of it", () =>
    inUnit(async (unit) => {
      const hostile: [parameters: string[], body: string][] = [
        [[], "}); globalThis.hostile = 1; (function () {"],
        [[], "}, globalThis.hostile = 1, function () {"],
        [[], "} + (globalThis.hostile = 1) + function () {"],
        [[], "}) => {}, (globalThis.hostile = 1, () => {"],
        [["a) { globalThis.hostile = 1; }, function b("], ""],
        [["a = function () {}) {}, globalThis.hostile = 1, function b("], ""],
        [["a) {}); (globalThis.hostile = 1); (function (b"], ""],
        [["a /*"], "*/) { globalThis.hostile = 1;"],
        [["a = `"], "`) { globalThis.hostile = 1;"],
        [["a", "..."], ""],
        [["a", "a"], ""],
        [["eval"], ""],
        [["1"], ""],
        [[], "return `"],
        [[], "/*"],
        [[], "'"],
      ];
      for (const [parameters, body] of hostile) {
        const error = await rejection(unit.compile(parameters, body));
        expect(error, `${parameters.join()} | ${body}`).to.include({ name: "DataError", code: "syntax-error" });
        expect(error.unit).to.equal(unit.id);
      }
      expect(await run(unit, "return globalThis.hostile")).to.equal(undefined);
      expect(await run(unit, "return '</script>' + a", ["a = /* , */ '\u2028'"])).to.equal("</script>\u2028");
      expect(kinds(unit)).to.deep.equal(["pin sample@1.0.0"]);
    }));

  it("is refused where its text is no JavaScript, by line and column, before anything is sent", () =>
    inUnit(async (unit) => {
      const refused = [unit.compile(["a"], "const b = a;\n  return b b;"), unit.compile(["a", "b ="], "")];
      const [inBody, inParameter] = refused.map((each) => rejection(each));
      expect(
        host()
          .snapshot()
          .units.find(({ id }) => id === unit.id)!.pending,
      ).to.equal(0);
      expect(await inBody).to.deep.include({ name: "DataError", code: "syntax-error", unit: unit.id });
      expect((await inBody)!.cause).to.include({ line: 2, column: 12 });
      expect((await inBody)!.message)
        .to.include(`compile() of ${unit.id}`)
        .and.to.include("return b b;");
      expect((await inParameter)!.cause).to.include({ line: 1 });
      expect((await inParameter)!.message).to.include("parameter");
    }));

  it("is refused where the domain would read its text otherwise than the page has", () =>
    inUnit(async (unit) => {
      // In a module this is a comparison, and a comment behind it; in a script a comment, and what the comment was to hide.
      const body = "0 <!--a; /*\n}); globalThis.hostile = 1; (function () { /*\n*/";
      expect((await rejection(unit.compile(["a"], body))).code).to.equal("syntax-error");
      expect(await run(unit, "return globalThis.hostile")).to.equal(undefined);
    }));

  it("is refused where it is no text", () =>
    inUnit(async (unit) => {
      const wrong: unknown[][] = [
        ["a", ""],
        [[1], ""],
        [["a"]],
        [["a"], () => {}],
        [undefined, ""],
        [Array(1), ""],
        [],
      ];
      for (const args of wrong) {
        const error = await rejection((unit.compile as (...args: unknown[]) => Promise<unknown>)(...args));
        expect(error, JSON.stringify(args)).to.include({ name: "DataError", code: "not-text", unit: unit.id });
      }
    }));

  it("is not made any more once the unit was asked to go, and rejects when it is gone", async () => {
    const unit = await load<Sample>(code);
    const fn = await unit.compile<Add>(["a"], "return a");
    const unloading = unit.unload();
    expect((await rejection(unit.compile([], ""))).name).to.equal("DomainUnloadedError");
    expect(await fn(1)).to.equal(1);
    await unit.unload({ mode: "force" });
    await unloading;
    expect((await rejection(fn(1))).name).to.equal("DomainUnloadedError");
    const late = await rejection(unit.compile([], ""));
    expect(late).to.include({ name: "DomainUnloadedError", code: "unit-unloaded" });
    expect(late.message).to.include("compile()");
  });

  it("keeps an automatic unit while the page has it, and goes in a permanent one, too", async () => {
    const automatic = await load<Sample>(code, { collectible: "auto" });
    const fn: Remote<Add> = await automatic.compile<Add>(["a"], "return a");
    automatic.release();
    expect(await fn(3)).to.equal(3);
    expect(automatic.state).to.equal("active");
    release(fn);
    expect((await automatic.unloaded).reason).to.equal("collected");

    await using own = createHost({ pool: {} });
    const permanent = (await own.load<Sample>({ code }, { isolation, collectible: false })) as Unit<Sample>;
    expect(await run(permanent, "return a", ["a"], 4)).to.equal(4);
  });
});
