import type { Program } from "./linking-programs.js";

const note = (name: string): string => `(globalThis.order ??= []).push("${name}");`;
const order = `export const order = () => globalThis.order;`;

/** Programs whose modules import each other in a circle; none uses anything before it has run. */
export const cyclicPrograms: Record<string, Program> = {
  "two functions that call each other": {
    calls: ["answers", "order"],
    modules: {
      "index.js": `import { isEven } from "./even.js"; import { isOdd } from "./odd.js"; ${note("index")} export const answers = () => [isEven(10), isOdd(10), isEven(7), isOdd(7)]; ${order}`,
      "even.js": `import { isOdd } from "./odd.js"; ${note("even")} export function isEven(n) { return n === 0 || isOdd(n - 1) }`,
      "odd.js": `import { isEven } from "./even.js"; ${note("odd")} export function isOdd(n) { return n !== 0 && isEven(n - 1) }`,
    },
  },
  "three modules with re-exports, defaults and classes that extend across it": {
    calls: ["answers", "order"],
    modules: {
      "index.js": `import Shape, { Circle, Square, name } from "./shapes.js"; ${note("index")} export const answers = () => [new Circle().twin().kind, new Square().kind, Shape.of("circle").kind, new Square() instanceof Shape, name]; ${order}`,
      "shapes.js": `export { default, name } from "./shape.js"; export * from "./circle.js"; export { default as Square } from "./square.js"; ${note("shapes")}`,
      "shape.js": `${note("shape")} import * as shapes from "./shapes.js"; export const name = "shapes"; export default class Shape { get kind() { return this.constructor.name } static of(kind) { return kind === "circle" ? new shapes.Circle() : new shapes.Square() } }`,
      "circle.js": `import Shape, { Square } from "./shapes.js"; import Base from "./shape.js"; ${note("circle")} export class Circle extends Base { twin() { return [new Square(), Shape][0] } } export default "not exported by *";`,
      "square.js": `import Base, { name } from "./shape.js"; import "./shapes.js"; ${note("square")} export default class Square extends Base { name = name }`,
    },
  },
  "a binding that changes, seen through the cycle at later calls": {
    calls: ["read", "bump", "read", "bump", "bump", "read", "order"],
    modules: {
      "index.js": `import { bump } from "./a.js"; import { read } from "./b.js"; ${note("index")} export { bump, read }; ${order}`,
      "a.js": `import "./b.js"; ${note("a")} export let count = 0; let total = 100; export { total as default }; export let f = () => count; export function bump() { count++; total -= count; const now = count; f = () => "f" + now }`,
      "b.js": `import total, { count, f } from "./a.js"; import * as a from "./a.js"; ${note("b")} export const read = () => [count, total, f(), a.count, a.default, Object.keys(a)];`,
    },
  },
  "a binding that reaches a module through two cycles": {
    calls: ["read", "bump", "read", "bump", "read"],
    modules: {
      "index.js": `import { bump } from "./a.js"; import { read } from "./d.js"; export { bump, read };`,
      "a.js": `import "./b.js"; export let count = 0; export const bump = () => { count++ };`,
      "b.js": `import "./c.js"; export { count as viaB } from "./a.js";`,
      "c.js": `import "./d.js"; export { viaB as viaC } from "./b.js";`,
      "d.js": `import { count } from "./a.js"; import { viaB } from "./b.js"; import { viaC } from "./c.js"; export const read = () => [count, viaB, viaC];`,
    },
  },
  "a module that imports itself": {
    calls: ["read", "bump", "read", "order"],
    modules: {
      "index.js": `import * as self from "./index.js"; import { count as same } from "./index.js"; ${note("index")} export let count = 1; export const bump = () => { count++ }; export const read = () => [self.count, same, Object.keys(self)]; ${order} export default "d";`,
    },
  },
  "export * in a circle, and from outside of it": {
    calls: ["names", "values", "order"],
    modules: {
      "index.js": `import * as a from "./a.js"; import * as both from "./both.js"; import { fromC } from "./a.js"; ${note("index")} export const names = () => [Object.keys(a), Object.keys(both)]; export const values = () => [a.fromA, a.fromB, fromC, both.fromA, both.fromB, both.fromC]; ${order}`,
      "both.js": `export * from "./a.js"; export * from "./c.js"; export * from "./b.js"; ${note("both")}`,
      "a.js": `export * from "./b.js"; export * from "./c.js"; ${note("a")} export let fromA = "a"; export let own = "a's";`,
      "b.js": `export * from "./c.js"; ${note("b")} export let fromB = "b"; export let own = "b's"; export default 1;`,
      "c.js": `export * from "./a.js"; ${note("c")} export let fromC = "c";`,
    },
  },
  "a barrel that its own members import from": {
    calls: ["render", "order"],
    modules: {
      "index.js": `import { App } from "./barrel.js"; ${note("index")} export const render = () => new App().render(); ${order}`,
      "barrel.js": `export * from "./app.js"; export * from "./list.js"; export * from "./item.js"; export * as tools from "./tools.js"; ${note("barrel")}`,
      "app.js": `import { List, tools } from "./barrel.js"; ${note("app")} export class App { render() { return tools.join(new List(3).render()) } }`,
      "list.js": `import { Item } from "./barrel.js"; ${note("list")} export class List { constructor(n) { this.n = n } render() { return Array.from({ length: this.n }, (_, i) => new Item(i).render()) } }`,
      "item.js": `import * as all from "./barrel.js"; ${note("item")} export class Item { constructor(i) { this.i = i } render() { return all.tools.bold(this.i) } }`,
      "tools.js": `${note("tools")} export const bold = (x) => "<b>" + x + "</b>", join = (list) => list.join("");`,
    },
  },
  "two circles that share a module, and one behind the other": {
    calls: ["sum", "order"],
    modules: {
      "index.js": `import { a } from "./a.js"; ${note("index")} export const sum = () => a(); ${order}`,
      "a.js": `import { b } from "./b.js"; import { c } from "./c.js"; ${note("a")} export const a = () => 1 + b() + c(); export const one = 1;`,
      "b.js": `import { one } from "./a.js"; import { c } from "./c.js"; ${note("b")} export const b = () => one + c();`,
      "c.js": `import { one } from "./a.js"; import { d } from "./d.js"; ${note("c")} export const c = () => one + d();`,
      "d.js": `import { e } from "./e.js"; ${note("d")} export const d = () => e() + 1; export const ten = 10;`,
      "e.js": `import { ten } from "./d.js"; ${note("e")} export const e = () => ten;`,
    },
  },
  "top-level await inside the circle": {
    calls: ["values", "order"],
    modules: {
      "index.js": `import { a } from "./a.js"; import { b } from "./b.js"; ${note("index")} export const values = () => [a(), b()]; ${order}`,
      "a.js": `import { b, x } from "./b.js"; ${note("a")} await null; ${note("a again")} export const a = () => [x, b.name]; export const y = await "y";`,
      "b.js": `import { a, y } from "./a.js"; import "./slow.js"; ${note("b")} await null; ${note("b again")} export const b = () => [y, a.name], x = "x";`,
      "slow.js": `await new Promise((resolve) => setTimeout(resolve, 20)); ${note("slow")}`,
    },
  },
  "an entry that is part of the circle": {
    calls: ["value", "order"],
    modules: {
      "index.js": `import { twice } from "./a.js"; ${note("index")} export const two = 2; export const value = () => twice(); ${order}`,
      "a.js": `import { two, order } from "./index.js"; ${note("a")} export const twice = () => [two * 2, order().length];`,
    },
  },
  "names with spaces, defaults without a name, and a namespace of a namespace": {
    calls: ["values"],
    modules: {
      "index.js": `import f from "./a.js"; import { "a b" as ab, ns } from "./a.js"; export const values = () => [f(), ab, ns.inner(), ns.self.inner === ns.inner];`,
      "a.js": `export * as ns from "./b.js"; export default () => "default"; const ab = "a b"; export { ab as "a b" };`,
      "b.js": `import { "a b" as ab, default as f, ns } from "./a.js"; export const inner = () => [ab, f()]; export * as self from "./b.js"; export const outer = () => ns;`,
    },
  },
};

/** Programs that reach their circle only by `import()`; each enters it at another member. */
export const lateCycles: Record<string, Program> = Object.fromEntries(
  ["base", "derived"].map((first) => [
    `a circle entered by import() at ${first}.js`,
    {
      calls: ["enter", "other", "order"],
      modules: {
        "index.js": `export const enter = async () => (await import("./${first}.js")).make(); export const other = async () => [(await import("./base.js")).make(), (await import("./derived.js")).make()]; ${order}`,
        // Either runs first without harm: they need each other only when called.
        "base.js": `import { Derived } from "./derived.js"; ${note("base")} export class Base { kind = "base" } export const make = () => new Derived().kind;`,
        "derived.js": `import { Base } from "./base.js"; ${note("derived")} export class Derived { kind = "derived of " + new Base().kind } export const make = () => new Derived().kind;`,
      },
    },
  ]),
);
lateCycles["a circle that can only run when it is entered at the right member"] = {
  calls: ["enter", "order"],
  modules: {
    "index.js": `export const enter = async () => new (await import("./derived.js")).Derived().twin().kind; ${order}`,
    "base.js": `import { Derived } from "./derived.js"; ${note("base")} export class Base { twin() { return new Derived() } }`,
    "derived.js": `import { Base } from "./base.js"; ${note("derived")} export class Derived extends Base { kind = "derived" }`,
  },
};
