import { traffic } from "../support/port-traffic.js";
import { expect } from "chai";
import { defineContract, release, type Contract, type LeaseholdError, type Remote, type Unit } from "leasehold";
import * as v from "valibot";
import { z } from "zod";
import { inEveryIsolation, type UnitOptions } from "../support/every-isolation.js";
import { quiet } from "../support/quiet.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { keeperCode, type Keeper } from "../support/units.js";

const code = `
  export let ran = 0;
  export const runs = () => ran;
  export const render = (text, { width = 10 } = {}) => { ran++; return text === "bad" ? 5 : text.slice(0, width); };
  export const find = (id) => { ran++; return { id, title: "Title " + id, tags: ["a", "b"] }; };
  export const leak = () => ({ title: "leaks", extra: () => {}, more: { self: new Point(1) } });
  export const wrong = () => ({ title: 5, extra: () => {}, again: [new Point(1)] });
  export const streams = () => ({ title: 5, stream: new ReadableStream(), sink: new WritableStream() });
  export const promises = () => ({ title: 5, late: new Promise((_, reject) => setTimeout(reject, 20, new Error("late"))), never: new Promise(() => {}) });
  export const dropsStreams = () => ({ ...streams(), ...promises(), title: "fits" });
  export const palette = ["red", "green"];
  export const numbers = [1, "two"];
  export const zoom = () => "not to be called";
  export const later = async (text) => text;
  export const rounds = (...args) => args.length;
  export const callWith = async (service) => {
    const outcomes = [];
    for (const text of ["fine", "much too long"]) outcomes.push(await service.add(text).catch(({ name, code, message }) => ({ name, code, message })));
    outcomes.push(await service.title, await service.secret.catch(({ code }) => code));
    service[Symbol.dispose]?.();
    return outcomes;
  };
  export const give = async (service, title) => {
    const given = { title, extra: () => {}, more: [new Point(1)], stream: new ReadableStream() };
    try {
      return await service.take(given);
    } catch ({ code }) {
      return code;
    } finally {
      service[Symbol.dispose]();
    }
  };
  export const open = (make) => make();
  export class Point {
    static origin = "0";
    constructor(x) { this.x = x; }
    read() { return this.x; }
  }
  export class Dot extends Point {}
  export const hidden = () => "hidden";
`;

/** Written by hand: what the standard asks for, and no more. */
const shout = {
  "~standard": {
    version: 1 as const,
    vendor: "test",
    validate: (value: unknown) =>
      typeof value === "string" ? { value: value.toUpperCase() } : { issues: [{ message: "no text to shout" }] },
    types: undefined as unknown as { input: string; output: string },
  },
};
const found = z.object({ id: z.number(), title: z.string(), tags: z.array(z.string()) });
const slow = v.pipeAsync(
  v.string(),
  v.checkAsync(async (text) => text !== "taken", "is taken"),
);

const chart = defineContract({
  name: "chart",
  version: "1.2.0",
  members: {
    render: { arguments: [v.string(), v.optional(v.object({ width: v.number() }))], result: v.string() },
    find: { arguments: [z.number()], result: found },
    later: { arguments: [slow], result: shout },
    leak: { arguments: [], result: v.object({ title: v.string() }) },
    wrong: { arguments: [], result: v.object({ title: v.string() }) },
    streams: { result: v.object({ title: v.string() }) },
    promises: { result: v.object({ title: v.string() }) },
    dropsStreams: { result: v.object({ title: v.string() }) },
    palette: { result: v.array(v.string()) },
    numbers: { result: v.array(v.number()) },
    runs: {},
    rounds: { arguments: [v.optional(v.number()), v.optional(v.number())] },
    callWith: {},
    give: {},
    open: {},
    Point: {},
    Dot: { arguments: [v.number()] },
    zoom: { since: "1.1.0", arguments: [v.number()], result: v.number(), default: (factor: number) => factor * 2 },
    colours: { since: "1.2.0", default: ["blue"] },
  },
});

const greeter = defineContract({
  name: "greeter",
  version: "1.0.0",
  members: {
    add: { arguments: [v.pipe(v.string(), v.maxLength(5))], result: v.number() },
    title: { result: v.string() },
  },
});

const keeping = defineContract({
  name: "keeping",
  version: "1.0.0",
  members: { keep: { arguments: [v.string(), v.any()] }, call: {}, apply: {}, give: {}, drop: {} },
});

const old = { implements: { chart: "1.0.0" } };

inEveryIsolation("a unit that is loaded by a contract", ({ load, host }) => {
  const options = (more: UnitOptions = {}): UnitOptions => ({ contract: chart, manifest: old, ...more });
  type Members = typeof chart extends Contract<infer T> ? T : never;
  const use = async (body: (unit: Unit<Members>) => Promise<void>, more?: UnitOptions): Promise<void> => {
    const unit = await load<Members>(code, options(more));
    await quiet(host());
    const leases = unit.whyAlive().holders.length;
    try {
      await body(unit);
      await until("it holds no more than before", () => unit.whyAlive().holders.length === leases);
    } finally {
      await unit.unload({ mode: "force" });
    }
  };
  const refused = async (promise: PromiseLike<unknown>, part: string): Promise<LeaseholdError> => {
    const error = await rejection(promise);
    expect([error.name, error.code]).to.deep.equal(["DataError", "schema-failed"]);
    expect(error.message).to.include(part).and.include("contract chart@1.2.0").and.include("sample@1.0.0");
    return error;
  };

  it("is called as without one, where all is as agreed", () =>
    use(async ({ exports }) => {
      expect(await exports.render("a long text", { width: 6 })).to.equal("a long");
      expect(await exports.find(3)).to.deep.equal({ id: 3, title: "Title 3", tags: ["a", "b"] });
      expect(await exports.palette).to.deep.equal(["red", "green"]);
    }));

  it("gets no argument that fails its schema", () =>
    use(async ({ exports }) => {
      const error = await refused(exports.render(5 as never), "Argument 1 of render()");
      expect(error.unit).to.equal("sample@1.0.0");
      await refused(exports.render("a", { width: "wide" } as never), "width: Invalid type");
      await refused(exports.find("3" as never), "Argument 1 of find()");
      await refused(
        (exports as unknown as Remote<{ find: (...args: unknown[]) => void }>).find(1, 2),
        "there are 2 arguments",
      );
      expect(await exports.runs()).to.equal(0);
    }));

  it("gives no result that fails its schema", () =>
    use(async ({ exports }) => {
      await refused(exports.render("bad"), "The result of render()");
      await refused(exports.wrong(), "title: Invalid type");
      await refused(exports.numbers, "The result of numbers");
      await refused(exports.numbers[0] as PromiseLike<number>, "The result of").catch(() => {});
    }));

  it("holds nothing by what a schema left out of a result, or by a result that was refused", () =>
    use(async (unit) => {
      expect(await unit.exports.leak()).to.deep.equal({ title: "leaks" });
      await refused(unit.exports.wrong(), "title");
      expect(unit.whyAlive().holders.map(({ kind }) => kind)).to.deep.equal(["pin"]);
    }));

  it("holds nothing by streams and promises in a result that was refused, or that a schema left out", () =>
    use(async ({ exports }) => {
      type Odd = Remote<Record<"streams" | "promises" | "dropsStreams", () => { title: string }>>;
      const { streams, promises, dropsStreams } = exports as unknown as Odd;
      await refused(streams(), "title: Invalid type");
      await refused(promises(), "title: Invalid type");
      expect(await dropsStreams()).to.deep.equal({ title: "fits" });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }));

  it("gets what schemas make of arguments, and gives what they make of results, also where they take their time", () =>
    use(async ({ exports }) => {
      expect(await exports.later("loud")).to.equal("LOUD");
      await refused(exports.later("taken"), "is taken");
    }));

  it("is not given arguments that were left out, so that its defaults apply", () =>
    use(async ({ exports }) => {
      expect(await Promise.all([exports.rounds(), exports.rounds(1)])).to.deep.equal([0, 1]);
    }));

  it("is called in one message each way by what is called in one turn", () =>
    use(async ({ exports }) => {
      const { sent, received } = await traffic(() =>
        Promise.all([exports.render("a"), exports.find(1), exports.palette, exports.runs(), exports.find(2).title]),
      );
      expect([sent.length, received.length]).to.deep.equal([1, 1]);
      const late = await traffic(() => exports.later("a"));
      expect([late.sent.length, late.received.length]).to.deep.equal([1, 1]);
    }));

  it("has results that are walked into and passed on, once they are checked", () =>
    use(async ({ exports }) => {
      expect(await exports.find(4).title).to.equal("Title 4");
      expect(await exports.find(4).tags[1]).to.equal("b");
      expect(await exports.render(exports.find(4).title)).to.equal("Title 4");
      expect(await exports.palette[1]).to.equal("green");
      await refused(exports.render(exports.find(4).id as never), "Argument 1 of render()");
    }));

  it("keeps what nobody awaits to itself", () =>
    use(async (unit) => {
      const promise = unit.exports.leak();
      await unit.exports.runs();
      expect(unit.whyAlive().holders.map(({ kind }) => kind)).to.deep.equal(["pin"]);
      release(promise);
      expect((await rejection(promise)).code).to.equal("released");
    }));

  it("has its classes constructed, and their instances used", () =>
    use(async ({ exports }) => {
      const { Point } = exports as unknown as Remote<{
        Point: { new (x: number): { read(): number }; origin: string };
      }>;
      const point = await new Point(7);
      expect(await point.read()).to.equal(7);
      expect(await Point.origin).to.equal("0");
      release(point);
      const { Dot } = exports as unknown as Remote<{ Dot: new (x: unknown) => { read(): number } }>;
      const dot = await new Dot(8);
      expect(await dot.read()).to.equal(8);
      release(dot);
      await refused(new Dot("8"), "Argument 1 of new Dot()");
    }));

  it("has defaults stand in for what is newer than itself, whatever it exports", () =>
    use(async ({ exports }) => {
      expect(await exports.zoom(4)).to.equal(8);
      expect(await exports.colours).to.deep.equal(["blue"]);
      await refused(exports.zoom("4" as never), "Argument 1 of zoom()");
    }));

  it("is called itself where it is as new", () =>
    use(async ({ exports }) => void (await refused(exports.zoom(4), "The result of zoom()")), {
      manifest: { implements: { chart: "1.1.0" } },
    }));

  it("shows nothing that is not in the contract", () =>
    use(async ({ exports }) => {
      const error = await rejection((exports as unknown as Remote<{ rendr: () => void }>).rendr());
      expect([error.name, error.code]).to.deep.equal(["ContractError", "no-such-member"]);
      expect(error.message).to.include('no member "rendr"').and.include('Did you mean "render"?');
      expect((await rejection((exports as unknown as Remote<{ hidden(): void }>).hidden())).code).to.equal(
        "no-such-member",
      );
    }));

  it("does not give away a function whose calls are checked", () =>
    use(async ({ exports }) => {
      const read = await rejection(exports.render as unknown as Promise<unknown>);
      expect([read.name, read.code]).to.deep.equal(["ContractError", "contract-call-only"]);
    }));

  it("has what is not checked used in plans, and nothing else", () =>
    use(async (unit) => {
      expect(await unit.chunk(({ runs }) => [runs(), runs()])).to.deep.equal([0, 0]);
      const { runs } = unit.exports;
      release(await unit.chunk(() => [runs]));
      expect(await unit.chunk(({ open }) => open(runs))).to.equal(0);
      type Plan = (exports: Record<string, (...args: unknown[]) => unknown>) => unknown;
      const chunk = (plan: Plan): Promise<unknown> => unit.chunk(plan as never);
      const plans: Plan[] = [
        (exports) => exports["render"]?.("a"),
        (exports) => exports["zoom"]?.(1),
        (exports) => exports["colours"],
        (exports) => exports,
        (exports) => ({ inside: [exports] }),
        (exports) => exports["callWith"]?.(exports),
        () => unit.exports.render,
        () => [unit.exports],
        (exports) => exports["open"]?.(unit.exports.render),
        () => unit.exports.colours,
      ];
      for (const plan of plans) {
        const error = await rejection(chunk(plan));
        expect([error.name, error.code]).to.deep.equal(["DataError", "contract-in-plan"]);
      }
      expect((await rejection(chunk((exports) => exports["hidden"]?.()))).code).to.equal("no-such-member");
    }));

  it("has a page's object checked in both directions by the contract that it implements", () =>
    use(async (unit) => {
      const texts: string[] = [];
      const service = greeter.implement({ add: (text: string) => texts.push(text), title: "mine", secret: 1 } as never);
      const outcome = (await unit.exports.callWith(service)) as unknown[];
      const [added, error, ...rest] = outcome as [number, LeaseholdError];
      expect([added, ...rest]).to.deep.equal([1, "mine", "no-such-member"]);
      expect(error).to.include({ name: "DataError", code: "schema-failed" });
      expect(error.message).to.include("Argument 1 of add() of the page does not fit contract greeter@1.0.0");
      const wrong = greeter.implement({ add: () => "none", title: "a" } as never);
      const [result] = (await unit.exports.callWith(wrong)) as [LeaseholdError];
      expect(result.message).to.include("The result of add() of the page");
    }));

  it("is not held by what it gave to a page's object and that was refused", () =>
    use(async (unit) => {
      const given = defineContract({
        name: "given",
        version: "1.0.0",
        members: { take: { arguments: [v.object({ title: v.string() })] } },
      });
      const service = given.implement({ take: (thing: object) => Object.keys(thing) } as never);
      const { give } = unit.exports as unknown as Remote<{ give(service: unknown, title: unknown): unknown }>;
      expect(await give(service, "fits")).to.deep.equal(["title"]);
      expect(await give(service, 5)).to.equal("schema-failed");
    }));

  it("rejects every call once it is unloaded", async () => {
    const unit = await load<Members>(code, options());
    const pending = rejection(unit.exports.later("a"));
    await unit.unload({ mode: "force" });
    expect((await pending).name).to.equal("DomainUnloadedError");
    for (const call of [unit.exports.render("a"), unit.exports.palette, unit.exports.runs()]) {
      expect((await rejection(call as Promise<unknown>)).name).to.equal("DomainUnloadedError");
    }
  });

  for (const [what, manifest, text, expected] of [
    ["declares nothing", {}, code, "contract-undeclared"],
    ["is of another major version", { implements: { chart: "2.0.0" } }, code, "contract-version"],
    ["lacks a member of its version", old, "export const render = 1;", "contract-member-missing"],
  ] as const) {
    it(`is not loaded where it ${what}: nothing of it has run, and nothing is left`, async () => {
      const loading = load(`${text}; await new Promise(() => {});`, options({ manifest }));
      const error = await rejection(loading);
      expect([error.name, error.code]).to.deep.equal(["ContractError", expected]);
      expect(host().units.size).to.equal(0);
    });
  }

  it("is not loaded by a contract that is none", async () => {
    const error = await rejection(load(code, options({ contract: { ...chart } as never })));
    expect([error.name, error.code]).to.deep.equal(["ContractError", "contract-invalid"]);
  });
});

inEveryIsolation("a unit's checked exports, passed on to another unit,", ({ load, host }) => {
  const withTwo = async (body: (chart: Unit, keeper: Unit<Keeper>) => Promise<void>): Promise<void> => {
    const [first, second] = await Promise.all([
      load(code, { contract: chart, manifest: old }),
      load<Keeper>(keeperCode, { manifest: { name: "keeper" } }),
    ]);
    try {
      await body(first as Unit, second);
    } finally {
      await Promise.all([first, second].map((unit) => unit.unload({ mode: "force" })));
    }
    expect(host().stats().leases).to.equal(0);
  };
  const holders = (unit: Unit): string[] => unit.whyAlive().holders.map(({ kind, holder }) => `${kind} ${holder}`);

  it("are checked for that as for the page", () =>
    withTwo(async (unit, { exports }) => {
      await exports.keep("chart", unit.exports);
      expect(await exports.call("chart", "render", "text")).to.equal("text");
      expect(await exports.call("chart", "zoom", 4)).to.equal(8);
      for (const [member, argument] of [
        ["render", 5],
        ["render", "bad"],
        ["find", "3"],
        ["zoom", "4"],
      ]) {
        const error = await rejection(exports.call("chart", member as string, argument) as Promise<unknown>);
        expect(error, String(member)).to.include({ name: "DataError", code: "schema-failed" });
      }
      const unknown = await rejection(exports.call("chart", "hidden") as Promise<unknown>);
      expect(unknown.code).to.equal("no-such-member");
    }));

  it("are a lease of that unit, until it lets go of them", () =>
    withTwo(async (unit, { exports }) => {
      await exports.keep("chart", unit.exports);
      expect(holders(unit)).to.deep.equal(["pin host", "dependent keeper@1.0.0"]);
      expect(await exports.call("chart", "leak")).to.deep.equal({ title: "leaks" });
      await rejection(exports.call("chart", "wrong") as Promise<unknown>);
      await until("only the exports are held", () => holders(unit).length === 2);
      await exports.drop("chart");
      await until("it has let go", () => holders(unit).length === 1);
    }));

  it("are checked as single members, too", () =>
    withTwo(async (unit, { exports }) => {
      await exports.keep("render", unit.exports["render"]);
      expect(await exports.apply("render", "text")).to.equal("text");
      expect((await rejection(exports.apply("render", 5) as Promise<unknown>)).code).to.equal("schema-failed");
      await exports.drop("render");
    }));

  it("are checked as members that are arguments of a checked call, too", () =>
    withTwo(async (unit, keeper) => {
      const { exports } = keeper;
      const one = await load<Keeper>(keeperCode, {
        contract: keeping,
        manifest: { name: "one", implements: { keeping: "1.0.0" } },
      });
      await one.exports.keep("render", unit.exports["render"]);
      expect(await one.exports.apply("render", "text")).to.equal("text");
      expect((await rejection(one.exports.apply("render", 5) as Promise<unknown>)).code).to.equal("schema-failed");
      await one.exports.keep("chart", unit.exports);
      expect(await one.exports.call("chart", "render", "text")).to.equal("text");
      await one.exports.keep("palette", unit.exports["palette"]);
      expect(await one.exports.give("palette")).to.deep.equal(["red", "green"]);
      // What is read for its schema is held by nobody but who it was for.
      await one.exports.keep("make", exports.make);
      expect(holders(keeper)).to.deep.equal(["pin host", "callback one@1.0.0"]);
      expect((await rejection(one.exports.keep(5 as never, exports.make))).code).to.equal("schema-failed");
      for (const name of ["render", "chart", "make"]) await one.exports.drop(name);
      await until("nothing holds them", () => holders(keeper).length + holders(unit).length === 2);
      await one.unload();
    }));

  it("are the page's again when they come back, and checked", () =>
    withTwo(async (unit, { exports }) => {
      await exports.keep("chart", unit.exports);
      expect(await exports.give("chart")).to.equal(unit.exports);
    }));

  it("reject once the unit is gone, where a default stands in, too", () =>
    withTwo(async (unit, { exports }) => {
      await exports.keep("chart", unit.exports);
      await unit.unload({ mode: "force" });
      for (const member of ["render", "zoom", "leak"]) {
        const error = await rejection(exports.call("chart", member, 4) as Promise<unknown>);
        expect(error.name, member).to.equal("DomainUnloadedError");
      }
    }));

  it("are its own exports for the unit itself", () =>
    withTwo(async (unit) => {
      const { callWith } = unit.exports as unknown as Remote<{ callWith(own: unknown): unknown }>;
      expect((await rejection(callWith(unit.exports))).message).to.not.include("contract");
    }));
});
