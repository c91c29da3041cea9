import { expect } from "chai";
import type { LeaseholdError, UnitManifest } from "leasehold";
import { inEngine } from "../support/engine.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import type { Modules } from "./linking-outcome.js";

const nothing = { units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 };

/** Logs that it ran; put into a module, it shows that it did. */
const ran = (name: string): string => `console.info("ran ${name}");`;

inEveryIsolation("a unit that cannot run", ({ host, isolation }) => {
  /** The error of a load that has to fail, and which modules ran before it did. */
  async function fail(
    modules: Modules,
    manifest: Partial<UnitManifest> = {},
  ): Promise<{ error: LeaseholdError; logs: string[] }> {
    const logs: string[] = [];
    const hear = (event: Event): void => void logs.push(...(event as CustomEvent<{ args: string[] }>).detail.args);
    host().addEventListener("log", hear);
    const source = { manifest: { name: "@scope/broken", version: "2.0.0", ...manifest }, modules };
    const error = await rejection(host().load(source, { isolation }));
    expect(host().stats()).to.include(nothing);
    host().removeEventListener("log", hear);
    expect(error).to.include({ unit: "@scope/broken" });
    expect(error.message).to.include("@scope/broken");
    expect(error).to.be.instanceOf(Error);
    return { error, logs };
  }

  const unexpected = inEngine({
    chromium: /Unexpected token ';'/,
    firefox: /expected expression, got ';'/,
    webkit: /Unexpected token ';'/,
  });
  const syntax: [what: string, modules: Modules, path: string, words: RegExp][] = [
    ["in its entry", { "index.js": `${ran("index")} let x = ;` }, "index.js", unexpected],
    [
      "in a dependency",
      {
        "index.js": `import "./lib/a.js"; ${ran("index")}`,
        "lib/a.js": `import "../b.js"; let let = 1;`,
        "b.js": ran("b"),
      },
      "lib/a.js",
      /reserved|lexical variable name/,
    ],
    [
      "in a dependency of a circle",
      {
        "index.js": `import "./a.js";`,
        "a.js": `import { b } from "./b.js"; ${ran("a")}`,
        "b.js": `import "./a.js"; export const b = 08n;`,
      },
      "b.js",
      /./,
    ],
    [
      "that only a module has",
      { "index.js": `import "./a.js"; ${ran("index")}`, "a.js": `with (x) {}` },
      "a.js",
      /strict mode/i,
    ],
    [
      "by two exports of one name",
      { "index.js": `import "./a.js";`, "a.js": `export let x = 1; export { y as x }; let y;` },
      "a.js",
      /[Dd]uplicate/,
    ],
    [
      "by an export of what is not declared",
      { "index.js": `import "./a.js";`, "a.js": `export { nowhere };` },
      "a.js",
      /nowhere/,
    ],
    [
      "because it is a page",
      { "index.js": `import "./a.js"`, "a.js": `<!doctype html><body>Home</body>` },
      "a.js",
      /./,
    ],
    ["because it is TypeScript", { "index.js": `export const a: number = 1;` }, "index.js", /./],
    [
      "because it is cut short",
      { "index.js": `import "./a.js"`, "a.js": `export function f() {` },
      "a.js",
      /to its end/,
    ],
  ];
  for (const [what, modules, path, words] of syntax) {
    it(`has a syntax error ${what}, and nothing ran`, async () => {
      const { error, logs } = await fail(modules);
      expect(error).to.include({ name: "LoadError", code: "syntax-error" });
      expect(error.message.startsWith(`${path} of @scope/broken is not a JavaScript module: `), error.message).to.equal(
        true,
      );
      expect(error.message).to.match(words);
      expect(logs).to.deep.equal([]);
    });
  }

  const linking: [what: string, code: string, modules: Modules, words: string[]][] = [
    [
      "imports what another module does not export",
      "export-missing",
      { "index.js": `import { x } from "./a.js"; ${ran("index")}`, "a.js": `export let y; ${ran("a")}` },
      ["index.js", `"x"`, "a.js", "It exports y"],
    ],
    [
      "imports that across a circle",
      "export-missing",
      {
        "index.js": `import "./a.js"`,
        "a.js": `import "./b.js"; ${ran("a")}`,
        "b.js": `import { gone } from "./a.js"; ${ran("b")}`,
      },
      ["b.js", `"gone"`, "a.js"],
    ],
    [
      "imports a module that is not there",
      "module-not-found",
      { "index.js": `${ran("index")} import "./a.js"`, "a.js": `import "./b.js"` },
      ["b.js", "wanted by a.js"],
    ],
    [
      "imports a package",
      "import-unresolved",
      { "index.js": `${ran("index")} import "lodash"` },
      ["index.js", `"lodash"`, "bundle it into the unit"],
    ],
    [
      "imports an address",
      "import-unresolved",
      { "index.js": `${ran("index")} import "https://a.example/b.js"` },
      ["https://a.example/b.js", "copy that one into it"],
    ],
    [
      "imports from outside of itself",
      "import-unresolved",
      { "index.js": `import "./lib/a.js"`, "lib/a.js": `${ran("a")} import "../../b.js"` },
      ["lib/a.js", "../../b.js", "inside the unit"],
    ],
    [
      "has JSON that is none",
      "json-invalid",
      { "index.js": `${ran("index")} import "./a.json"`, "a.json": `{ a: 1 }` },
      ["a.json", "JSON"],
    ],
    ["has no entry", "module-not-found", { "main.js": ran("main") }, ["index.js", "as its entry", "main.js"]],
  ];
  for (const [what, code, modules, words] of linking) {
    it(`${what}, and nothing ran`, async () => {
      const { error, logs } = await fail(modules);
      expect(error).to.include({ name: "LoadError", code });
      for (const word of words) expect(error.message).to.include(word);
      expect(logs).to.deep.equal([]);
    });
  }

  it("throws at its top level: module, line and cause are told", async () => {
    const { error, logs } = await fail({
      "index.js": `import "./a.js"; ${ran("index")}`,
      "a.js": `import "./lib/b.js"; ${ran("a")}`,
      "lib/b.js": `${ran("b")}\nimport "../c.js";\n  throw new RangeError("not today, unit:///x@1/y.js:1:2", { cause: "inner" });`,
      "c.js": ran("c"),
    });
    expect(error).to.include({ name: "LoadError", code: "evaluation-failed" });
    expect(error.message).to.match(
      /^lib\/b\.js \(line 3:(?:9|23)\) of @scope\/broken threw while it was loaded: RangeError: not today/,
    );
    expect(error.cause).to.be.instanceOf(RangeError).and.to.include({ cause: "inner" });
    expect(logs).to.deep.equal(["ran c", "ran b"]);
  });

  it("throws at its top level after an await, or in a function of another module", async () => {
    const late = await fail({ "index.js": `import "./a.js";`, "a.js": `await null;\n throw new TypeError("late")` });
    expect(late.error.message).to.match(/^a\.js \(line 2:(?:8|21)\) of .* TypeError: late/);
    const called = await fail({
      "index.js": `import { f } from "./a.js";\nf();`,
      "a.js": `export function f() { null.x }`,
    });
    // Chromium tells of the member that is read, Firefox of what it is read from, WebKit of what is between.
    const column = inEngine({ chromium: 28, firefox: 23, webkit: 27 });
    expect(called.error.message).to.match(new RegExp(`^a\\.js \\(line 1:${column}\\) of .* TypeError: `));
  });

  /** Of what has no stack the module is found by asking again; in WebKit a module that failed, asked again, did not. */
  const isTold = (text: string): boolean =>
    inEngine({ chromium: true, firefox: true, webkit: /SyntaxError|JSON/.test(text) });
  for (const [text, words] of [
    [`throw "plain"`, "plain"],
    [`throw null`, "null"],
    [`throw { toString() { throw 1 } }`, "cannot be shown"],
    [`await Promise.reject(42)`, "42"],
    [`const e = new Error("no path"); e.stack = "at unit:///@scope/broken@2.0.0/%E0%A4:1:1"; throw e`, "no path"],
    [`const e = new Error("hidden"); Object.defineProperty(e, "stack", { get() { throw 1; } }); throw e`, "hidden"],
    [`const e = new Error("no text"); e.stack = Object.create(null); throw e`, "no text"],
    [`const e = new Error("no stack"); delete e.stack; e.stack = undefined; throw e`, "no stack"],
    [`throw new SyntaxError("made up")`, "SyntaxError: made up"],
    [`JSON.parse("{")`, "SyntaxError"],
    [`throw Object.assign(Object.create(null), { x: 1 })`, "cannot be shown"],
  ] as const) {
    it(`throws in a dependency, which is told by name: ${text}`, async () => {
      const modules = {
        "index.js": `import "./slow.js"; import "./lib/a.js"; ${ran("index")}`,
        "lib/a.js": `import "../fine.js"; ${text}`,
        "fine.js": ran("fine"),
        "slow.js": ran("slow"),
      };
      const { error, logs } = await fail(modules);
      expect(error).to.include({ name: "LoadError", code: "evaluation-failed" });
      expect(error.message)
        .to.match(
          isTold(text) ? /^lib\/a\.js( \(line 1:\d+\))? of @scope\/broken threw/ : /^index\.js of @scope\/broken threw/,
        )
        .and.to.include(words);
      expect(logs).to.deep.equal(["ran slow", "ran fine"]);
    });
  }

  it("fails the same way the second time, and another one then loads", async () => {
    for (let time = 0; time < 2; time++)
      expect((await fail({ "index.js": `throw 1` })).error.code).to.equal("evaluation-failed");
    const unit = await host().load<{ x: number }>({ code: `export const x = 1` }, { isolation });
    expect(await unit.exports.x).to.equal(1);
    await unit.unload();
  });
});
