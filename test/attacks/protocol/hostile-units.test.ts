import { expect } from "chai";
import { release, type Unit } from "leasehold";
import { DISPOSE } from "../../../src/dispose.js";
import { inEveryIsolation, type Place } from "../../support/every-isolation.js";
import { rejection } from "../../support/rejection.js";
import { ENDLESS } from "../../unit/hostile/requests.js";
import { CODE, Service, type Anything } from "./service.js";
import { leavesHostAsItWas } from "./watch-host.js";

/**
 * A unit that does what it is told to the page's service: `attempt` runs a function's body with it and returns, as data, what became
 * of that.
 */
const attacker = `
  const AsyncFunction = (async () => {}).constructor;
  const kept = [];
  export const attempt = async (source, page, text) => {
    try {
      const result = await new AsyncFunction("page", "CODE", "kept", source)(page, text, kept);
      return { result: typeof result === "function" ? "function" : result };
    } catch (error) {
      return { failed: error?.code ?? error?.name ?? String(error) };
    }
  };
  export const give = (source) => new Function(source)();
  export const tell = async (call) => {
    const seen = new Set();
    const texts = [];
    const look = (value) => {
      if (typeof value === "string") texts.push(value);
      if (typeof value !== "object" || value === null || seen.has(value)) return;
      seen.add(value);
      for (const key of Reflect.ownKeys(value)) { texts.push(String(key)); look(value[key]); }
      if (value instanceof Map || value instanceof Set) for (const part of value) look(part);
    };
    try { look(await call()); } catch (error) { look(error); }
    return texts;
  };
`;

interface Attacker {
  attempt(source: string, page: object, text: string): { result?: unknown; failed?: string };
  give(source: string): unknown;
  tell(call: () => unknown): string[];
}

const hostile = (): unknown => (globalThis as { hostile?: unknown }).hostile;

/** Says what the function's body of each attack is, and what has to come of it; after each, the service is as it was. */
function attempts({ use }: Place, expected: readonly string[], sources: readonly string[]): Promise<unknown> {
  return use<Attacker>(attacker, async ({ exports }) => {
    for (const source of sources) {
      const service = new Service();
      const { failed, result } = await exports.attempt(source, service, CODE);
      expect(failed ?? `result ${JSON.stringify(result)}`, source).to.be.oneOf(expected);
      expect(hostile(), source).to.equal(undefined);
      expect(Object.keys(service), source).to.deep.equal(Object.keys(new Service()));
      expect([service.list, service.reads, service.calls.length], source).to.deep.equal([[1, 2, 3], 0, 0]);
    }
  });
}

inEveryIsolation(
  "a hostile unit and a service of the page's",
  (place) => {
    leavesHostAsItWas();
    const { use } = place;

    it("a path through constructor, __proto__ or prototype reaches nothing", () =>
      attempts(
        place,
        ["no-such-member"],
        [
          "return page.constructor(CODE)",
          "return page.touch.constructor(CODE)()",
          "return new page.touch.constructor(CODE)",
          "return page.inner.twice.constructor(CODE)()",
          "return page.list.constructor.from([1])",
          "return page.element.constructor",
          "return page.__proto__.touch()",
          "return page.Account.prototype.deposit(1)",
          "return page.hand().constructor(CODE)()",
          "return page.echo([1]).constructor(CODE)",
          "return page.echo('text').constructor(CODE)",
          "return page.later(1).constructor.constructor(CODE)()",
          "return page.touch.call(null, 1)",
          "return page.touch.apply(null, [1])",
          "return page.touch.caller",
          "return page.touch.arguments",
        ],
      ));

    it("a SET changes nothing", () =>
      attempts(
        place,
        ["TypeError", "result undefined"],
        [
          "'use strict'; page.touch = 1",
          "'use strict'; page.added = 1",
          "'use strict'; page.__proto__.polluted = 1",
          "'use strict'; page.__proto__ = { polluted: 1 }",
          "'use strict'; page.list[0] = 7",
          "'use strict'; page.inner.twice = null",
          "'use strict'; delete page.touch",
          "Object.defineProperty(page, 'touch', { value: 1 })",
          "Object.setPrototypeOf(page, null)",
          "Object.freeze(page)",
          "Reflect.set(page, 'touch', 1); Reflect.deleteProperty(page, 'touch')",
        ],
      ));

    it("a CONSTRUCT makes nothing but instances of the page's own classes", () =>
      attempts(
        place,
        ["no-such-member", "not-a-constructor", "not-a-function"],
        [
          "return new page.touch(1)",
          "return new page.inner.twice(1)",
          "return new page.list(1)",
          "return new page.Account.constructor(CODE)",
          "return new page.Account.open(CODE)",
          "return page.Account()",
          "return new (await page.hand())()",
        ].filter((source) => !source.includes("page.Account()")),
      ));

    it("what is inherited from Object is not there", () =>
      attempts(
        place,
        ["no-such-member"],
        [
          "return page.hasOwnProperty('touch')",
          "return page.toString()",
          "return page.valueOf()",
          "return page.isPrototypeOf(1)",
          "return page.__defineGetter__('touch', 1)",
          "return page.__lookupGetter__('observed')",
          "return page.Account.toString()",
          "return page.list.push(4)",
          "return page.list.sort()",
          "return page.list.map(1)",
        ],
      ));

    it("the statics of Object and Reflect reach nothing, even where the page gives those away", () =>
      attempts(
        place,
        ["no-such-member", "not-a-function", "not-cloneable"],
        [
          "return page.Object.assign(page, { touch: 1 })",
          "return page.Object.defineProperty(page, 'added', { value: 1 })",
          "return page.Object.defineProperties(page, { added: { value: 1 } })",
          "return page.Object.setPrototypeOf(page, null)",
          "return page.Object.defineProperty(page.Object.getPrototypeOf(page.inner), 'polluted', { value: 1 })",
          "return page.Object.getOwnPropertyDescriptor(page.Account, 'prototype').value.deposit",
          "return page.Reflect.set(page, 'added', 1)",
          "return page.Reflect.apply(page.Reflect.get(page.touch, 'constructor'), null, [CODE])()",
          "return page.Reflect.construct(page.Reflect.get(page.touch, 'constructor'), [CODE])()",
          "return page.Reflect.deleteProperty(page, 'list')",
        ],
      ));

    it("what stays in the page is no way to the page's document and globals", () =>
      attempts(
        place,
        ["no-such-member", "not-cloneable"],
        [
          "return page.element",
          "return page.element.ownerDocument",
          "return page.element.ownerDocument.defaultView.eval(CODE)",
          "return page.element.expando.touch()",
          "return page.view.document.title",
          "return page.view.eval(CODE)",
          "return page.view.setTimeout(CODE)",
          "return page.view.hostile",
          "return page.element.append(1)",
        ],
      ));

    it("a getter is fired by reading it, and by nothing else", () =>
      use<Attacker>(attacker, async ({ exports }) => {
        const service = new Service();
        const { result } = await exports.attempt(
          `await page.touch(); await page.nothing.catch(() => 0); await page.echo(page); await page.hand();
           try { await page.observe; } catch {} try { await page.observedd(); } catch {}
           return page.echo([page, page])[0] === page;`,
          service,
          CODE,
        );
        expect(result).to.equal(false);
        expect(service.reads).to.equal(0);
        expect((await exports.attempt("return page.observed", service, CODE)).result).to.equal(1);
        expect(service.reads).to.equal(1);
      }));

    it("a reference that is sent where data is expected is no text and no number of the unit's choice", () =>
      use<Attacker>(attacker, async ({ exports }) => {
        const service = new Service();
        const calls = [
          "return page.text(() => { kept.push(1); return 'x'; })",
          "return page.text(new (class Thing { toString() { kept.push(1); return 'x'; } }))",
          "return page.text({ toString: () => { kept.push(1); return 'x'; } })",
          "return page.text({ valueOf: () => kept.push(1), toString: () => kept.push(1) })",
          "return page.text(page)",
          "return page.text({ [Symbol.toPrimitive]: () => kept.push(1) })",
        ];
        for (const source of calls) {
          const { failed, result } = await exports.attempt(source, service, CODE);
          expect(failed ?? result, source).to.match(/^(TypeError|\[remote \w*\]!|\[object Object\]!)$/);
        }
      }));

    it("a thenable in what it sends is asked when the page awaits it, settles once, and ends with the unit", () =>
      use<Attacker>(attacker, async (unit) => {
        const { exports } = unit;
        const twice = "return [{ then: (resolve, reject) => { resolve(1); reject(2); resolve(3); } }];";
        const [thenable] = (await exports.give(twice)) as [PromiseLike<unknown>];
        expect(await thenable).to.equal(1);
        release(thenable);
        // Its own promises are settled where it is: a promise of the page's never adopts what has a `then` over there.
        const never = exports.give("return { then() {} }") as PromiseLike<unknown>;
        const ended = rejection(never);
        await unit.unload({ mode: "force" });
        expect((await ended).name).to.equal("DomainUnloadedError");
      }));

    it("own __proto__ keys in cloned data stay keys", () =>
      use<Attacker>(attacker, async ({ exports }) => {
        const data = `JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}')`;
        for (const source of [
          `return ${data}`,
          `return [${data}]`,
          `return new Map([["__proto__", ${data}]])`,
          `return Object.assign(${data}, { callback: () => 1 })`,
        ]) {
          const value = await exports.give(source);
          expect(({} as { polluted?: number }).polluted).to.equal(undefined);
          const object = (
            Array.isArray(value) ? value[0] : value instanceof Map ? value.get("__proto__") : value
          ) as object;
          expect(Object.getPrototypeOf(object)).to.equal(Object.prototype);
          expect(Object.keys(object)).to.include("__proto__");
          (object as { callback?: Disposable }).callback?.[DISPOSE]();
        }
        const thrown = await rejection(
          exports.give(
            `throw Object.assign(new Error("no"), JSON.parse('{"a": ${JSON.stringify({ ["__proto__"]: 1 })}}'))`,
          ) as PromiseLike<unknown>,
        );
        expect(Object.getPrototypeOf(thrown)).to.equal(Error.prototype);
      }));

    it("an error that reaches the unit carries no stack and no address of the page's", () =>
      use<Attacker>(attacker, async ({ exports }) => {
        function Legacy(this: { message: string; stack: unknown }): void {
          this.message = "legacy";
          this.stack = new Error().stack;
        }
        Legacy.prototype = Object.create(Error.prototype) as object;
        const legacy = (): Error => new (Legacy as unknown as new () => Error)();
        const failing: Record<string, () => unknown> = {
          thrown: () => {
            throw new RangeError("no");
          },
          rejected: () => Promise.reject(new TypeError("no", { cause: new Error("why") })),
          aggregate: () => Promise.reject(new AggregateError([new Error("one"), legacy()], "all")),
          legacy: () => Promise.reject(legacy()),
          inData: () => ({ list: [new Error("one"), new Map([[legacy(), legacy()]])] }),
          own: () => Promise.reject(Object.assign(new Error("own"), { inner: legacy(), stackTrace: undefined })),
          platform: () => document.querySelector("["),
          aborted: () => AbortSignal.abort(new Error("why")).throwIfAborted(),
          unsendable: () => document,
          symbol: () => Symbol("no"),
          deep: () => {
            const call = (): number => call() + 1;
            return call();
          },
        };
        for (const [name, fail] of Object.entries(failing)) {
          const texts = await exports.tell(fail);
          expect(texts.length, name).to.be.above(0);
          expect(
            texts.filter((text) => text.includes(location.host) || /\.test\.ts|\/dist\//.test(text)),
            name,
          ).to.deep.equal([]);
        }
      }));

    it("toJSON and getters of what the unit sends run on its own side", () =>
      use<Attacker>(attacker, async ({ exports }) => {
        const sent = await exports.give(
          "return { get where() { return typeof globalThis.__wtr_page; }, list: [{ toJSON: 1 }], __proto__: { inherited: 1 } }",
        );
        // Of a class of the unit's, as its prototype is none of the platform's: it stays there.
        expect(typeof sent).to.equal("function");
        (sent as Disposable)[DISPOSE]();
        expect(await exports.give("return { get value() { return 1; } }")).to.deep.equal({ value: 1 });
        const thrown = await rejection(
          exports.give("return { get value() { throw new RangeError('getter'); } }") as PromiseLike<unknown>,
        );
        expect(thrown.name).to.equal("RangeError");
      }));

    it("huge, deep and cyclic messages arrive as they are or fail in words", () =>
      use<Attacker>(attacker, async ({ exports }) => {
        const deep = "let value = 1; for (let level = 0; level < 100000; level++) value = [value]; return value;";
        expect((await rejection(exports.give(deep) as PromiseLike<unknown>)).code).to.equal("not-cloneable");
        const cyclic = (await exports.give("const one = { list: [] }; one.list.push(one); return one;")) as Anything;
        expect(cyclic.list[0]).to.equal(cyclic);
        const huge = (await exports.give("return 'x'.repeat(1 << 22)")) as string;
        expect(huge.length).to.equal(1 << 22);
        const sparse = (await exports.give(`const list = []; list.length = ${ENDLESS}; return list;`)) as unknown[];
        expect(sparse.length).to.equal(ENDLESS);
      }));

    it("what was moved away once is not moved twice", () =>
      use<Attacker>(attacker, async ({ exports }) => {
        const service = new Service();
        const source = `const buffer = new ArrayBuffer(8); structuredClone(buffer, { transfer: [buffer] }); return page.echo(buffer);`;
        expect((await exports.attempt(source, service, CODE)).failed).to.be.oneOf(["not-cloneable", "DataCloneError"]);
        expect((await exports.attempt("return page.echo(1)", service, CODE)).result).to.equal(1);
      }));

    it("a release by the unit, twice, ends its own hold and no other", () =>
      use<Attacker>(attacker, async ({ exports }) => {
        const service = new Service();
        const source = `page[Symbol.dispose](); page[Symbol.dispose](); return page.touch();`;
        expect((await exports.attempt(source, service, CODE)).failed).to.be.a("string");
        expect(service.calls).to.deep.equal([]);
        expect((await exports.attempt("return page.touch()", service, CODE)).result).to.equal(1);
      }));
  },
  ["frame", "worker"],
);

/** What a unit sees of functions of the platform's that the page hands to it. */
inEveryIsolation(
  "a hostile unit and functions of the platform's",
  ({ use }) => {
    leavesHostAsItWas();

    it("makes no code of text by a timer that the page has lent", () =>
      use<Attacker>(attacker, async ({ exports }: Unit<Attacker>) => {
        for (const lent of [setTimeout, setInterval]) {
          const error = await rejection(exports.attempt("return page(CODE)", lent, CODE) as PromiseLike<unknown>);
          expect(error.code).to.equal("not-cloneable");
        }
        const { failed } = await exports.attempt("return page.setTimeout(CODE)", new Timers(), CODE);
        expect(failed).to.equal("not-a-function");
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(hostile()).to.equal(undefined);
      }));
  },
  ["frame", "worker"],
);

class Timers {
  readonly setTimeout = setTimeout;
}
