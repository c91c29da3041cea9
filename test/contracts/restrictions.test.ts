import { expect } from "chai";
import { release } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { unhandled } from "../support/unhandled.js";

const code = `
  export class Thing { read() { return 1; } toJSON() { return { json: 1 }; } }
  export const make = () => new Thing();
  export const echo = (value) => value;
  export const evaluate = (source, given) => new Function("given", source)(given);
  export const failure = async (source, given) => {
    try {
      await evaluate(source, given);
    } catch ({ name, code, message }) {
      return { name, code, message };
    }
  };
`;

class Thing {
  read(): number {
    return 1;
  }
  toJSON(): { json: number } {
    return { json: 1 };
  }
}
interface Failure {
  name: string;
  code?: string;
  message: string;
}
interface Sample {
  Thing: new () => Thing;
  make(): Thing;
  echo(value: unknown): unknown;
  evaluate(source: string, given?: unknown): unknown;
  failure(source: string, given?: unknown): Failure;
}

/** What a function throws. */
function failureOf(attempt: () => unknown): Failure {
  try {
    attempt();
  } catch (error) {
    return error as Failure;
  }
  throw new Error(`It did not throw: ${String(attempt)}`);
}

/** An element of a class of the page's own. */
function customElement(): HTMLElement {
  if (!customElements.get("of-the-page")) customElements.define("of-the-page", class OfThePage extends HTMLElement {});
  return document.createElement("of-the-page");
}

inEveryIsolation("a registry, a window or a node", ({ isolation, use }) => {
  const refused = /^.* is an? \w+, which stays where it is; send .*data, or a function/;

  it("is given to no unit, as an argument or as the result of a function of the page's", () =>
    use<Sample>(code, async ({ exports }) => {
      for (const thing of [customElements, document.body, customElement(), navigator.serviceWorker, window]) {
        for (const error of [
          await rejection(exports.echo(thing)),
          await rejection(exports.echo({ list: [thing] })),
          await exports.failure("return given()", () => thing),
        ]) {
          expect(error).to.include({ name: "DataError", code: "not-cloneable" });
          expect(error.message).to.match(refused);
        }
      }
    }));

  it("is taken from no unit either", () =>
    use<Sample>(code, async ({ exports }) => {
      const sources: string[] = [];
      if (isolation !== "worker") sources.push("document.body", "customElements");
      if (isolation === "realm") sources.push("parent.customElements", "parent.document.querySelector('of-the-page')");
      const element = document.body.appendChild(customElement());
      for (const source of sources) {
        const error = await rejection(exports.evaluate(`return ${source}`));
        expect(error, source).to.include({ name: "DataError", code: "not-cloneable" });
        expect(error.message, source).to.match(refused);
      }
      element.remove();
    }));

  it("leaves a unit the elements of its own frame", () =>
    use<Sample>(code, async ({ exports }) => {
      if (isolation === "worker") return;
      const define = `class Own extends HTMLElement {}
        customElements.define("of-a-unit", Own);
        return document.createElement("of-a-unit") instanceof Own;`;
      expect(await exports.evaluate(define)).to.equal(true);
      expect(customElements.get("of-a-unit")).to.equal(undefined);
    }));
});

inEveryIsolation("what crosses by reference", ({ use }) => {
  /** Ways to ask for a copy, as a function's body; and what they throw. */
  const copies: [source: string, name: string, message: RegExp][] = [
    ["structuredClone(given)", "DataCloneError", /./],
    ["structuredClone({ given })", "DataCloneError", /./],
    ["self.postMessage(given)", "DataCloneError", /./],
    ["JSON.stringify(given)", "DataError", /on the other side.*JSON.*await .*what you need of it/],
    ["JSON.stringify({ given })", "DataError", /on the other side.*JSON/],
    ["JSON.stringify([given])", "DataError", /on the other side.*JSON/],
    ["({ ...given })", "DataError", /on the other side.*await .*what you need of it/],
    ["Object.assign({}, given)", "DataError", /on the other side/],
    ["Object.keys(given)", "DataError", /on the other side/],
    ["[...given]", "TypeError", /./],
  ];

  for (const [source, name, message] of copies) {
    it(`is not copied by ${source}, on either side, and nothing fails later`, () =>
      use<Sample>(code, async (unit) => {
        const { exports } = unit;
        const thing = await exports.make();
        const copy = new Function("given", source) as (given: unknown) => unknown;
        const failed = await unhandled(async () => {
          for (const given of [thing, exports, exports.make, exports.Thing]) {
            const error = failureOf(() => copy(given));
            expect(error.name).to.equal(name);
            expect(error.message).to.match(message);
          }
          for (const given of [new Thing(), Thing, () => {}]) {
            const error = await exports.failure(source, given);
            expect(error.name).to.equal(name);
            expect(error.message).to.match(message);
          }
        });
        expect(failed).to.deep.equal([]);
        if (source.startsWith("structuredClone")) expect(failureOf(() => copy(unit)).name).to.equal(name);
        release(thing);
      }));
  }

  it("is named by the error, and so is a result that nobody has awaited", () =>
    use<Sample>(code, async ({ exports }) => {
      using thing = await exports.make();
      expect(failureOf(() => JSON.stringify(thing)).message).to.include("[remote Thing]");
      using made = exports.make();
      expect(failureOf(() => JSON.stringify({ made })).message).to.match(/^make\(\) /);
      expect((await exports.failure("JSON.stringify(given)", new Thing())).message).to.include("[remote Thing]");
    }));

  it("may be asked for its own toJSON(), on either side", () =>
    use<Sample>(code, async ({ exports }) => {
      using thing = await exports.make();
      expect(await thing.toJSON()).to.deep.equal({ json: 1 });
      expect(JSON.stringify(await exports.make().toJSON())).to.equal('{"json":1}');
      expect(await exports.evaluate("return given.toJSON()", new Thing())).to.deep.equal({ json: 1 });
    }));
});

inEveryIsolation("a class of the other side", ({ use }) => {
  const refused = { name: "NotSupportedError", code: "remote-subclass" };
  const advice = /^Sub cannot extend .*Thing.*, .*other side.*instance/;

  it("is extended neither by the page nor by a unit", () =>
    use<Sample>(code, async ({ exports }) => {
      using Remote = await exports.Thing;
      for (const base of [Remote, exports.Thing] as unknown as (new () => object)[]) {
        class Sub extends base {}
        const error = failureOf(() => new Sub());
        expect(error).to.include(refused);
        expect(error.message).to.match(advice);
        expect(failureOf(() => Reflect.construct(base, [], Thing))).to.include(refused);
      }
      const error = await exports.failure("class Sub extends given {} new Sub()", Thing);
      expect(error).to.include(refused);
      expect(error.message).to.match(advice);
    }));

  it("is constructed as ever", () =>
    use<Sample>(code, async ({ exports }) => {
      using Remote = await exports.Thing;
      for (const base of [Remote, exports.Thing] as unknown as (new () => Thing)[]) {
        const one = await new base();
        const other = (await Reflect.construct(base, [], base)) as Thing;
        expect([await one.read(), await other.read()]).to.deep.equal([1, 1]);
        release([one, other]);
      }
      expect(await exports.evaluate("return new given().read()", Thing)).to.equal(1);
      expect(await exports.evaluate("return Reflect.construct(given, [], given).read()", Thing)).to.equal(1);
    }));
});
