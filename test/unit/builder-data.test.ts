import { expect } from "chai";
import fc from "fast-check";
import { failureOf } from "../support/account.js";
import { generate, run } from "../support/generated.js";
import { rounds } from "../support/rounds.js";

/** What the module has as a constant that was given a value. */
async function again(value: unknown): Promise<unknown> {
  return (await run(generate((module) => module.constant("value", value)))).value;
}

/** All that tells a value from another one, as text. */
function spell(value: unknown): string {
  if (typeof value !== "object" || value === null)
    return Object.is(value, -0) ? "-0" : `${typeof value} ${format(value)}`;
  const list = (items: unknown[]): string => items.map(spell).join();
  if (Array.isArray(value)) return `[${list(value)}]`;
  if (value instanceof Map) return `map ${list([...value].flat())}`;
  if (value instanceof Set) return `set ${list([...value])}`;
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (value instanceof RegExp) return `/${value.source}/${value.flags}`;
  const kind = Object.getPrototypeOf(value) === null ? "bare" : "plain";
  return `${kind} {${list(Object.entries(value).flat())}}`;
}

const format = (value: unknown): string => (typeof value === "string" ? JSON.stringify(value) : String(value));

/** Texts of any 16-bit units, halves of characters among them. */
const texts = fc.array(fc.nat(0xffff), { maxLength: 5 }).map((units) => String.fromCharCode(...units));
const keys = fc.oneof(texts, fc.constantFrom("__proto__", "constructor", "a-b", "0", "class", "\u2028", ""));
const patterns = fc.constantFrom(
  /a\/b/g,
  /[/\]]+/,
  /(?:)/,
  /\n\u2028/u,
  /^(?<year>\d+)$/dgimsuy,
  new RegExp("[\\p{L}--a]", "v"),
  /</,
);
const data = fc.anything({
  key: keys,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  values: [texts, keys, patterns, fc.double(), fc.bigInt(), fc.constantFrom(undefined, null, true, NaN, -0, Infinity)],
});

describe("a constant of a generated module", () => {
  it("is the same data when the module runs, whatever it is", () =>
    fc.assert(
      fc.asyncProperty(data, async (value) => {
        expect(spell(await again(value))).to.equal(spell(value));
      }),
      { numRuns: rounds(300) },
    ));

  it("is the same data in the fields of a class, and on the class itself", () =>
    fc.assert(
      fc.asyncProperty(data, async (value) => {
        const text = generate((module) => module.type("Sample").field("own", value).static("shared", value));
        const { Sample } = (await run(text)) as { Sample: { new (): { own: unknown }; shared: unknown } };
        expect([spell(new Sample().own), spell(Sample.shared)]).to.deep.equal([spell(value), spell(value)]);
      }),
      { numRuns: rounds(50) },
    ));

  it("keeps what is easily lost", async () => {
    const value = {
      ["__proto__"]: 1,
      numbers: [-0, NaN, -Infinity, 5e-324, 2n ** 70n, -1n],
      texts: ["\u2028\u2029\ufeff", "\ud800", "</script><!--", "${x}`\\"],
      dates: [new Date(0), new Date(NaN), new Date(-8.64e15)],
      nothing: [undefined, null],
    };
    const made = (await again(value)) as typeof value;
    expect(spell(made)).to.equal(spell(value));
    expect(Object.getPrototypeOf(made)).to.equal(Object.prototype);
    expect(Object.getPrototypeOf(await again(Object.create(null)))).to.equal(null);
    expect(await again(new RegExp("\ud800/"))).to.satisfy((pattern: RegExp) => pattern.test("\ud800/"));
    for (const text of ["\ud800", "\ufeff"]) {
      const pattern = (await again(new RegExp(`^\\${text}$`))) as RegExp;
      expect(pattern.test(text), pattern.source).to.equal(true);
      const behind = (await again(new RegExp(`^\\\\${text}$`))) as RegExp;
      expect(behind.test(`\\${text}`), behind.source).to.equal(true);
    }
  });

  it("is a copy: what becomes of the original later does not reach it", async () => {
    const value = { list: [1] };
    const text = generate((module) => {
      module.constant("value", value);
      value.list.push(2);
    });
    expect((await run(text)).value).to.deep.equal({ list: [1] });
  });

  it("is readable", () => {
    const value = { low: 1, "a-b": [true, null], at: new Map([["x", new Set([1])]]), long: "x".repeat(80), none: {} };
    expect(generate((module) => module.constant("levels", value))).to.equal(
      [
        "export const levels = {",
        "  low: 1,",
        '  "a-b": [true, null],',
        '  at: new Map([["x", new Set([1])]]),',
        `  long: "${"x".repeat(80)}",`,
        "  none: {},",
        "};",
        "",
        "//# sourceURL=unit:///rules@1.0.0/index.js",
        "",
      ].join("\n"),
    );
  });

  class Point {}
  const circle: unknown[] = [];
  circle.push({ back: circle });
  const refused: Record<string, [value: unknown, path: string]> = {
    "a function": [{ levels: [1, 2, { draw: () => {} }] }, "value.levels[2].draw is a function"],
    "a symbol": [[Symbol("x")], "value[0] is a symbol"],
    "a property by a symbol": [{ [Symbol("x")]: 1 }, "value[Symbol(x)] is no ordinary property"],
    "an instance": [{ "a-b": new Point() }, "value[a-b] is an instance of a class"],
    "an instance of a kind of map": [new (class extends Map {})(), "value is an instance"],
    "a circle": [circle, "value[0].back is what it is in"],
    "a circle through a map": [((map) => map.set(1, map))(new Map()), "value value 0 is what it is in"],
    "a list with holes": [new Array(3), "value is a list with holes"],
    "a list with a name": [Object.assign([1], { name: 1 }), "value is a list with holes, or"],
    "a property that is computed": [
      Object.defineProperty({}, "x", { get: () => 1, enumerable: true }),
      "value.x is no",
    ],
    "a date with properties": [Object.assign(new Date(0), { name: 1 }), "value has properties"],
    "a typed array": [new Uint8Array(1), "value has properties of its own"],
    "a promise": [Promise.resolve(), "value is an instance"],
  };
  for (const [what, [value, path]] of Object.entries(refused)) {
    it(`is not ${what}`, () => {
      const text = generate((module) => {
        for (const step of [
          () => module.constant("value", value),
          () => module.type(`T${Math.random()}`.replace(".", "")).field("value", value),
        ]) {
          const error = failureOf(step);
          expect(error).to.include({ name: "DataError", code: "not-data", unit: "rules@1.0.0" });
          expect(error.message).to.include(path).and.to.include("index.js in rules@1.0.0");
        }
      });
      expect(text).to.not.include("value");
    });
  }

  it("may be in there twice, and is then two things", async () => {
    const shared = { x: 1 };
    const [one, two] = (await again([shared, shared])) as [object, object];
    expect(one).to.deep.equal(two);
    expect(one === two).to.equal(false);
  });
});
