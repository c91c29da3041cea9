import { expect } from "chai";
import { parametersOf } from "../../src/guest/parameters-of.js";

type AnyFunction = (...args: never[]) => unknown;

/** What is written, evaluated as it is: the test runner would strip types, and comments, of what stands here as code. */
function made(source: string): AnyFunction {
  return new Function(`return (${source})`)() as AnyFunction;
}

const member = (source: string): AnyFunction => Object.values(made(`{ ${source} }`))[0] as AnyFunction;

describe("the parameters of a function", () => {
  const cases: [source: string, parameters: string[]][] = [
    ["() => {}", []],
    ["a => a", ["a"]],
    ["async a => a", ["a"]],
    ["async /* of */ ($a) /* it */ => $a", ["$a"]],
    ["ünï => 1", ["ünï"]],
    ["(a, b = 2, ...rest) => a", ["a", "b = 2", "...rest"]],
    ["function named(a, b,) {}", ["a", "b"]],
    ["async function* named(a) { (b, c) }", ["a"]],
    ["function ({ x, y: { z } = {} }, [a, , b] = [1, 2]) {}", ["{ x, y: { z } = {} }", "[a, , b] = [1, 2]"]],
    ["(a = (b, c) => b(c), d = function (e, f) {}) => 1", ["a = (b, c) => b(c)", "d = function (e, f) {}"]],
    [`(a = ")", b = '(,', c = "\\"", d) => 1`, [`a = ")"`, "b = '(,'", `c = "\\""`, "d"]],
    ["(a = `(${[1, `}${2})`]},`, b) => 1", ["a = `(${[1, `}${2})`]},`", "b"]],
    ["(a = /[/)]\\/\\(,/g, b = 4 / 2 / 1, c) => 1", ["a = /[/)]\\/\\(,/g", "b = 4 / 2 / 1", "c"]],
    ["(a /* , b) */, // c)\n  d /* ( */) => 1", ["a", "d"]],
    ["(\n  {\n    x,\n    y,\n  },\n  z,\n) => 1", ["{ x, y, }", "z"]],
    [
      "(a = typeof /,/ , b = (1, 2) / 2, c = class { m(d, e) {} }) => 1",
      ["a = typeof /,/", "b = (1, 2) / 2", "c = class { m(d, e) {} }"],
    ],
  ];
  for (const [source, parameters] of cases)
    it(`are as they are written: ${JSON.stringify(source)}`, () => {
      expect(parametersOf(made(source))).to.deep.equal(parameters);
    });

  it("are found of methods of any name", () => {
    for (const name of [
      "m",
      "async m",
      "*m",
      "async *m",
      `"m (x)"`,
      "[`m${(1, [2])}`]",
      "12",
      "async",
      "get",
      "async [(1, 2)]",
    ])
      expect(parametersOf(member(`${name}(a, b) { c(d, e) }`)), name).to.deep.equal(["a", "b"]);
  });

  it("cannot be told of native and bound functions", () => {
    const own = made("(a) => a");
    for (const fn of [Math.max, own.bind(null), new Proxy(own, {}), Array])
      expect(parametersOf(fn as AnyFunction)).to.equal(undefined);
  });
});

describe("the parameters of a class", () => {
  const cases: [source: string, parameters: string[] | undefined][] = [
    ["class {}", []],
    ["class A { constructor(a, b = 1) {} }", ["a", "b = 1"]],
    ["class { 'constructor'(a) {} }", ["a"]],
    ["class { static constructor(x) {} get x() {} constructor /* of it */ (a) {} }", ["a"]],
    ["class { static\n constructor(x) {} }", []],
    ["class { field = this.constructor(1); m(x) { class B { constructor(y) {} } } constructor(a) {} }", ["a"]],
    ["class { re = /constructor(x) {/; text = `constructor(${1})`; #p = 1; constructor(a) { this.#p = a } }", ["a"]],
    ["class extends class { constructor(x) {} } {}", ["x"]],
    ["class extends class { constructor(x) {} } { constructor(y) { super(y) } }", ["y"]],
    ["class extends ((x, y) => Object)({ constructor(z) {} }) { constructor(a) { super() } }", ["a"]],
    ["class extends null {}", []],
    ["class extends Array {}", undefined],
    ["class extends Array { constructor(size) { super(size) } }", ["size"]],
  ];
  for (const [source, parameters] of cases)
    it(`are its constructor's: ${JSON.stringify(source)}`, () => {
      expect(parametersOf(made(source))).to.deep.equal(parameters);
    });
});
