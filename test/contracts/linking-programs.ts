import type { Modules } from "./linking-outcome.js";

/** A program in several modules, and the exports of its entry that are called one after the other. */
export interface Program {
  modules: Modules;
  calls: string[];
}

/** Notes that a module runs. */
const note = (name: string): string => `(globalThis.order ??= []).push("${name}");`;
const order = `export const order = () => globalThis.order;`;

/** What any program may do with modules. */
export const programs: Record<string, Program> = {
  "a chain and a diamond, whose shared module is one instance": {
    calls: ["add", "add", "order"],
    modules: {
      "index.js": `${note("index")} import { left } from "./left.js"; import { right } from "./right.js"; export const add = () => [left(), right()]; ${order}`,
      "left.js": `import { shared } from "./shared.js"; ${note("left")} export const left = () => ++shared.count;`,
      "right.js": `import * as s from "./shared.js"; ${note("right")} export const right = () => ++s.shared.count;`,
      "shared.js": `import "./effect.js"; ${note("shared")} export const shared = { count: 0 };`,
      "effect.js": note("effect"),
    },
  },
  "the same module imported twice, by both kinds of quotes": {
    calls: ["same", "order"],
    modules: {
      "index.js": `import { a } from "./a.js";\nimport { a as b, default as c } from './a.js';\nimport "./a.js";\nexport const same = () => [a === b, c === a]; ${order}`,
      "a.js": `${note("a")} export const a = {}; export default a;`,
    },
  },
  "imports behind code, on one line with it, and used before they stand": {
    calls: ["answer", "order"],
    modules: {
      "index.js": `${note("index")} const early = f(1)\nimport { f } from "./f.js"\n(function () { globalThis.late = f(2) })()\nexport const answer = () => [early, globalThis.late];${order}import "./last.js"`,
      "f.js": `${note("f")} export function f(x) { return x * 10 }`,
      "last.js": note("last"),
    },
  },
  "every way to export": {
    calls: ["names", "values"],
    modules: {
      "index.js": `import * as all from "./all.js"; import d from "./all.js"; import { default as e, "a b" as f, g as h } from "./all.js";
        export const names = () => Object.keys(all);
        export const values = () => [d, e, f, h, all.default === d, all.ns.x, all.renamed, all.list(), new all.C().m(), typeof all.own, Object.prototype.toString.call(all)];`,
      "all.js": `export { default, named as "a b", named as renamed } from "./names.js"; export * from "./names.js"; export * as ns from "./more.js"; import { list } from "./more.js"; export { list };
        export let g = 1, [own, ...rest] = [{}, 2, 3], { i: { j } = { j: 4 } } = {}; export class C { m() { return g } }; export function* gen() {} g = 5;`,
      "names.js": `export default "default"; export const named = "named"; export let hidden = 1, g = "not this";`,
      "more.js": `export const x = "x"; export default "no"; export const list = () => ["list"];`,
    },
  },
  "export * of one variable by two ways, and of two by one name": {
    calls: ["names", "value"],
    modules: {
      "index.js": `import * as a from "./a.js"; export const names = () => Object.keys(a); export const value = () => a.same;`,
      "a.js": `export * from "./b.js"; export * from "./c.js"; export * from "./e.js";`,
      "b.js": `export { same } from "./d.js"; export let different = 1;`,
      "c.js": `export { same } from "./d.js"; export let different = 2;`,
      "d.js": `export const same = "same";`,
      "e.js": `import { same } from "./d.js"; export { same };`,
    },
  },
  "live bindings, of a variable, a function and a default": {
    calls: ["read", "bump", "read", "bump", "read"],
    modules: {
      "index.js": `import { count, bump, f } from "./a.js"; import d, * as ns from "./a.js"; export { bump }; export const read = () => [count, ns.count, f(), d];`,
      "a.js": `export let count = 0; export let f = () => "old"; let d = 1; export { d as default }; export function bump() { count++; d++; f = () => "new " + count; }`,
    },
  },
  "names that come from Object's prototype": {
    calls: ["values"],
    modules: {
      "index.js": `import { toString, constructor as c, __proto__ as p } from "./constructor.js"; export const values = () => [toString, c, p];`,
      "constructor.js": `const p = 3; export const toString = 1, constructor = 2; export { p as __proto__ };`,
    },
  },
  "top-level await, in two dependencies at once and in the entry": {
    calls: ["order", "values"],
    modules: {
      "index.js": `import { a } from "./a.js"; import { b } from "./b.js"; import "./sync.js"; ${note("index")} const c = await Promise.resolve(3); ${note("index again")} export const values = () => [a, b, c]; ${order}`,
      "a.js": `${note("a")} await new Promise((resolve) => setTimeout(resolve, 20)); ${note("a again")} export const a = 1;`,
      "b.js": `import "./c.js"; ${note("b")} await null; ${note("b again")} export const b = 2;`,
      "c.js": `await null; await null; ${note("c")}`,
      "sync.js": note("sync"),
    },
  },
  "this, strictness, and what is not in scope": {
    calls: ["values"],
    modules: {
      "index.js": `import "./a.js"; const self = this; export const values = () => [typeof self, (function () { return typeof this })(), typeof leaked, typeof require, typeof module, typeof $lease, typeof $lease_meta];`,
      "a.js": `var leaked = 1; import.meta;`,
    },
  },
  "a JSON module, by attribute": {
    calls: ["values"],
    modules: {
      "index.js": `import data from "./data.json" with { type: "json" }; import { again } from "./again.js"; export const values = () => [data, data === again];`,
      "again.js": `export { default as again } from "./data.json" with { type: "json" };`,
      "data.json": `{ "a": [1, 2.5e3, null], "__proto__": 5, "ä": "\\u2028 </script> \`\${x}\`" }`,
    },
  },
};
