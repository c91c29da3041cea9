import { expect } from "chai";
import { engine } from "../support/engine.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { natively, throughLeasehold, type Modules } from "./linking-outcome.js";
import type { Program } from "./linking-programs.js";

const note = (name: string): string => `(globalThis.order ??= []).push("${name}");`;

const stillRunning = "inside a cycle, of a member that is still running";
const programs: Record<string, Program> = {
  "by a literal, a template and a computed name, always the same instance": {
    calls: ["literal", "template", "computed", "literal", "order"],
    modules: {
      "index.js": `export const literal = async () => ++(await import("./a.js")).state.count;
        export const template = async () => ++(await import(\`./a.js\`)).state.count;
        export const computed = async (name = "a") => ++(await import("./" + name + ".js")).state.count;
        export const order = () => globalThis.order;`,
      "a.js": `${note("a")} import "./b.js"; export const state = { count: 0 };`,
      "b.js": note("b"),
    },
  },
  "of a module that is there already, and of the importer itself": {
    calls: ["same"],
    modules: {
      "index.js": `import * as a from "./a.js"; import * as me from "./index.js"; export const same = async () => [(await import("./a.js")) === a, (await import("./a.js")).f === a.f, (await import("./index.js")).same === me.same];`,
      "a.js": `export const f = () => {};`,
    },
  },
  "of several at once, which share a module": {
    calls: ["all", "order"],
    modules: {
      "index.js": `export const all = async () => (await Promise.all([import("./a.js"), import("./b.js"), import("./a.js"), import("./c.js")])).map((m) => m.default); export const order = () => [...globalThis.order].sort();`,
      "a.js": `import { n } from "./c.js"; ${note("a")} await null; export default n();`,
      "b.js": `import { n } from "./c.js"; ${note("b")} export default n();`,
      "c.js": `${note("c")} let count = 0; export const n = () => typeof ++count; export default "c";`,
    },
  },
  "of one that throws, with what it threw, each time the same": {
    calls: ["attempt", "order"],
    modules: {
      "index.js": `const load = () => import("./bad.js").catch((error) => error); export const attempt = async () => { const one = await load(), two = await load(); return [one.message, one === two, one.constructor === RangeError] }; export const order = () => globalThis.order;`,
      "bad.js": `${note("bad")} throw new RangeError("bad");`,
    },
  },
  "of JSON": {
    calls: ["data"],
    modules: {
      "index.js": `export const data = async () => { const one = await import("./data.json", { with: { type: "json" } }); return [one.default, Object.keys(one)] };`,
      "data.json": `{ "a": [1] }`,
    },
  },
  "at the top level, of a module that imports statically": {
    calls: ["value", "order"],
    modules: {
      "index.js": `${note("index")} const { a } = await import("./a.js"); ${note("index again")} export const value = () => a; export const order = () => globalThis.order;`,
      "a.js": `import { b } from "./b.js"; ${note("a")} export const a = [b];`,
      "b.js": `${note("b")} export const b = "b";`,
    },
  },
  [stillRunning]: {
    calls: ["value", "order"],
    modules: {
      "index.js": `import { a } from "./a.js"; ${note("index")} export const value = async () => (await a()).index; export const index = "index"; export const order = () => globalThis.order;`,
      "a.js": `import "./index.js"; ${note("a")} const later = import("./index.js").then((m) => { ${note("a later")} return m }); export const a = () => later;`,
    },
  },
};

inEveryIsolation("an import()", ({ host, isolation }) => {
  const load = async <T extends object>(modules: Modules) =>
    host().load<T>({ manifest: { name: "@scope/sample", version: "1.0.0" }, modules }, { isolation });

  for (const [what, { modules, calls }] of Object.entries(programs)) {
    it(`does what the language says: ${what}`, async () => {
      const expected = await natively(modules, calls);
      expect(JSON.stringify(expected)).not.to.match(/did not start|threw/);
      const outcome = await throughLeasehold(host(), isolation, modules, calls);
      // Firefox cannot import a module that still runs, where that is in a worker.
      if (engine === "firefox" && isolation === "worker" && what === stillRunning)
        expect(JSON.stringify(outcome)).to.include("module record has unexpected status: Evaluating");
      else expect(outcome).to.deep.equal(expected);
    });
  }

  it("reaches modules by every address that names them", async () => {
    const unit = await load<{ reach(...specifiers: string[]): Promise<unknown[]>; own(): Promise<string> }>({
      "index.js": `import { reach } from "./lib/reach.js"; export { reach };`,
      "lib/reach.js": `export const reach = (...specifiers) => Promise.all(specifiers.map(async (s) => (await import(s)).default)); export default "reach";`,
      "lib/deep er/ä.js": `export default "deep";`,
      "a.js": `export default "a";`,
      constructor: `export default "constructor";`,
    });
    const base = "unit:///@scope/sample@1.0.0/";
    const addresses = [
      "../a.js",
      "./../a.js",
      `${base}a.js`,
      `${base}lib/../a.js`,
      "./deep er/ä.js",
      "./deep%20er/%C3%A4.js",
      "../constructor",
    ];
    expect(await unit.exports.reach(...addresses)).to.deep.equal(["a", "a", "a", "a", "deep", "deep", "constructor"]);
    await unit.unload();
  });

  it("takes anything for a specifier that can be made a string", async () => {
    const unit = await load<{ make(): Promise<unknown[]> }>({
      "index.js": `export const make = async () => [
        (await import(new URL("./a.js", import.meta.url))).default, (await import({ toString: () => "./a.js" })).default,
        await import(Symbol()).catch((error) => error.name), await import({ toString() { throw new RangeError() } }).catch((error) => error.name),
        await import("data:text/javascript,export default 1").then(() => "ran", () => "refused")];`,
      "a.js": `export default "a";`,
    });
    const made = await unit.exports.make();
    expect(made.slice(0, 4)).to.deep.equal(["a", "a", "TypeError", "RangeError"]);
    // A realm is no boundary, and has no policy.
    if (isolation !== "realm") expect(made[4]).to.equal("refused");
    await unit.unload();
  });

  it("of what is not there rejects when it is tried, and says why; the load is fine", async () => {
    const unit = await load<{ attempt(specifier: string): Promise<unknown>; literal(): Promise<unknown> }>({
      "index.js": `import "./lib/a.js"; export const attempt = (specifier) => import(specifier); export const literal = () => import("./missing.js");`,
      "lib/a.js": ``,
    });
    const reasons: Record<string, string> = {
      "./missing.js": "has to be listed in the manifest's integrity",
      "./lib/": "not among the unit's modules",
      "../outside.js": "not among the unit's modules",
      "/outside.js": "not among the unit's modules",
      "unit:///other@1.0.0/index.js": "not among the unit's modules",
      "unit:///@scope/sample@1.0.0//shell/index.js": "not among the unit's modules",
      "./__proto__": "not among the unit's modules",
      "./toString": "not among the unit's modules",
      "": "bundle that package into the unit",
      lodash: "bundle that package into the unit",
    };
    for (const [specifier, reason] of Object.entries(reasons)) {
      const error = await rejection(unit.exports.attempt(specifier));
      expect(error, specifier).to.include({ name: "LoadError", code: "module-not-found", unit: "@scope/sample" });
      expect(error.message).to.include(`index.js of @scope/sample imports "${specifier}"`).and.to.include(reason);
    }
    expect(await rejection(unit.exports.literal())).to.include({ code: "module-not-found" });
    await unit.unload();
  });

  it("of what cannot be parsed says which module that is, each time", async () => {
    const unit = await load<{ attempt(): Promise<unknown>; fine(): Promise<number> }>({
      "index.js": `export const attempt = () => import("./lib/a.js"); export const fine = async () => (await import("./fine.js")).default;`,
      "lib/a.js": `import "./bad.js";`,
      "lib/bad.js": `export const x = 1;\nlet let = 2;`,
      "fine.js": `export default 1;`,
    });
    for (let time = 0; time < 2; time++) {
      const error = await rejection(unit.exports.attempt());
      expect(error).to.include({ name: "LoadError", code: "syntax-error", unit: "@scope/sample" });
      expect(error.message).to.match(
        /^lib\/bad\.js of @scope\/sample is not a JavaScript module: .*(?:reserved|lexical variable name)/,
      );
    }
    expect(await unit.exports.fine()).to.equal(1);
    await unit.unload();
  });

  it("of what cannot be linked says why, each time; what is fine beside it is not harmed", async () => {
    const unit = await load<{ attempt(name: string): Promise<unknown>; fine(): Promise<number> }>({
      "index.js": `export const attempt = (name) => import("./" + name); export const fine = async () => (await import("./fine.js")).count();`,
      "fine.js": `let n = 0; export const count = () => ++n;`,
      "package.js": `import "./fine.js"; import fs from "node:fs";`,
      "missing.js": `import "./fine.js"; import "./gone.js";`,
      "names.js": `import "./fine.js"; import { x } from "./fine.js";`,
      "behind.js": `import "./circle.js";`,
      "circle.js": `import "./behind.js"; import "./names.js";`,
      "bad.json": `{`,
    });
    const codes = {
      "package.js": "import-unresolved",
      "missing.js": "module-not-found",
      "names.js": "export-missing",
      "behind.js": "export-missing",
      "circle.js": "export-missing",
      "bad.json": "json-invalid",
    };
    for (const [path, code] of [...Object.entries(codes), ...Object.entries(codes)]) {
      expect(await rejection(unit.exports.attempt(path)), path).to.include({
        name: "LoadError",
        code,
        unit: "@scope/sample",
      });
    }
    expect(await unit.exports.fine()).to.equal(1);
    expect(await unit.exports.fine()).to.equal(2);
    await unit.unload();
  });

  it("meets the same instances after all URLs have been revoked, and makes no new ones for them", async () => {
    const names = ["a", "b", "c", "d"];
    const unit = await load<{ hit(name: string): Promise<number> }>({
      "index.js": `export const hit = async (name) => (await import("./" + name + ".js")).hit();`,
      "shared.js": `let count = 0; export const hit = () => ++count;`,
      ...Object.fromEntries(names.map((name) => [`${name}.js`, `export { hit } from "./shared.js";`])),
    });
    await until("the URLs are revoked", () => host().stats().urls === 0);
    for (let count = 1; count <= 12; count++) {
      expect(await unit.exports.hit(names[count % 4]!)).to.equal(count);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await until("the URLs are revoked", () => host().stats().urls === 0);
    // Each of the five modules had one URL, and index.js one more for its own import().
    expect((await unit.unload()).released.urls).to.equal(7);
  });
});
