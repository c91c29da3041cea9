import { expect } from "chai";
import fc from "fast-check";
import { DISPOSE } from "../../src/dispose.js";
import { UnitWriter } from "../../src/unit/builder/index.js";
import { linkPlan, resolveManifest, resolveSource, type ModuleBuilder } from "../../src/unit/index.js";
import { failureOf } from "../support/account.js";
import { inEngine } from "../support/engine.js";
import { generate, run } from "../support/generated.js";
import { rejection } from "../support/rejection.js";

/** Whether the engine's own parser takes it for a variable's name. */
function isKnown(name: string): boolean {
  try {
    return Boolean(new Function(`var ${name};`));
  } catch {
    return false;
  }
}

describe("a generated module", () => {
  it("is formatted source that says where it is from", () => {
    const text = generate((module) => {
      module
        .import("./shapes.js", ["area", "default as shapes", "side as edge"])
        .import("./effect.js", [])
        .constant("limit", 3)
        .function("grade", ["score", "{ bonus = 0 } = {}", "...rest"], (code) => {
          code.local("total", "score + bonus // of both").line("let left = limit;\n\nconsole.log(left)");
          code.block("if (total > 10)", (inner) => inner.line("return 'high'"));
          code.block("else", (inner) => inner.block("while (left)", (loop) => loop.line("left--")));
          code.line("return `low\n  est`");
        })
        .function("async later", [], "\n      await null;\n      return 1\n    ");
      module
        .type("Rule", { extends: "area" })
        .field("name")
        .field("levels", [1, 2])
        .static("count", 0)
        .method("constructor", ["name"], "super(name);\nthis.name = name;")
        .method("get size", [], "return super.size")
        .method("static async *make", ["count"], (code) =>
          code.block("for (let i = 0; i < count; i++)", (loop) => loop.line("yield new this()")),
        );
      module.type("Empty").method("none", [], "");
      module.type("Bare");
    });
    expect(text).to.equal(`import { area, default as shapes, side as edge } from "./shapes.js";
import "./effect.js";

export const limit = 3;

export function grade(score, { bonus = 0 } = {}, ...rest) {
  const total = score + bonus; // of both
  let left = limit;

  console.log(left);
  if (total > 10) {
    return 'high';
  } else {
    while (left) {
      left--;
    }
  }
  return \`low
  est\`;
}

export async function later() {
  await null;
  return 1;
}

export class Rule extends area {
  name;
  levels = [1, 2];
  static count = 0;

  constructor(name) {
    super(name);
    this.name = name;
  }

  get size() {
    return super.size;
  }

  static async *make(count) {
    for (let i = 0; i < count; i++) {
      yield new this();
    }
  }
}

export class Empty {
  none() {}
}

export class Bare {}

//# sourceURL=unit:///rules@1.0.0/index.js
`);
  });

  it("runs", async () => {
    const text = generate((module) => {
      module.constant("limits", { high: 10 });
      module.type("Base").method("constructor", ["x"], "this.x = x;").method("read", [], "return this.x;");
      module
        .type("Sum", { extends: "Base" })
        .field("y", 1)
        .static("zero", 0)
        .method("read", [], "return super.read() + this.y;")
        .method("get double", [], "return this.read() * 2;")
        .method("set double", ["value"], "this.x = value / 2 - this.y;")
        .method("static of", ["...xs"], (code) => code.local("made", "xs.map((x) => new this(x))").line("return made"))
        .method("static read", [], "return this.zero;");
      module.function("grade", ["score"], (code) => {
        code.block("try", (inner) => inner.block("if (score > limits.high)", (high) => high.line("throw score")));
        code.block("catch (error)", (inner) => inner.line("return `${error}!`"));
        code.block("finally", () => {});
        code
          .line("let left = 2")
          .block("do", (inner) => inner.line("left--"))
          .line("while (left)");
        code.block("switch (score)", (inner) => inner.line("case 1: return 'one'\ndefault: left++"));
        code.block("const rest = () =>", (inner) => inner.line("return left"));
        code.line("(globalThis)").line("return [rest()]");
      });
      module.function("*count", [], (code) => code.line("yield 1; yield 2"));
    });
    const { Sum, grade, count } = (await run(text)) as Record<string, any>; // eslint-disable-line
    const [sum] = Sum.of(3);
    expect([sum.read(), sum.double, Sum.read()]).to.deep.equal([4, 8, 0]);
    sum.double = 10;
    expect(sum.x).to.equal(4);
    expect([grade(11), grade(1), grade(2)]).to.deep.equal(["11!", "one", [1]]);
    expect([...count()]).to.deep.equal([1, 2]);
  });

  it("has any name that a variable can have, and no other", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ maxLength: 4 }),
          fc.string({ unit: "binary", maxLength: 3 }),
          fc.constantFrom(
            "class",
            "let",
            "await",
            "eval",
            "of",
            "async",
            "NaN",
            "Map",
            "then",
            "a b",
            "a=1,b",
            "\\u0061",
            "#a",
            "π",
            "$",
          ),
        ),
        async (name) => {
          let error: unknown;
          const text = generate((module) => {
            try {
              module.function(name, [], "return 1");
            } catch (caught) {
              error = caught;
            }
          });
          const exports = await run(text).catch((reason: unknown) => {
            // Names are checked by the regular expressions' Unicode, which is newer than that of WebKit's own parser.
            expect(inEngine({ chromium: false, firefox: false, webkit: !isKnown(name) }), String(reason)).to.equal(
              true,
            );
          });
          if (!exports) return;
          if (error) expect(error).to.include({ name: "DataError", code: "invalid-name" });
          expect(Object.keys(exports)).to.deep.equal(error ? [] : [name.replace(/^\*/, "")]);
        },
      ),
    ));

  it("has one thing of a name", () => {
    const steps: ((module: ModuleBuilder) => unknown)[] = [
      (module) => module.constant("x", 1),
      (module) => module.function("x", [], ""),
      (module) => module.function("async x", [], ""),
      (module) => module.type("x"),
      (module) => module.import("./a.js", ["x"]),
      (module) => module.import("lib", ["default as x"]),
    ];
    for (const first of steps) {
      const alone = generate(first);
      for (const second of steps) {
        const both = generate((module) => {
          first(module);
          expect(failureOf(() => second(module))).to.include({ name: "DataError", code: "duplicate-name" });
        });
        expect(both).to.equal(alone);
      }
    }
  });

  it("keeps a name that is taken while a function of that name is written", () => {
    const text = generate((module) => {
      const write = (): unknown => module.function("x", [], () => module.constant("x", 1));
      expect(failureOf(write)).to.include({ code: "duplicate-name" });
    });
    expect(text).to.include("export const x = 1;").and.to.not.include("function");
  });

  it("imports names, and nothing that is none", () => {
    for (const names of [
      ["default"],
      ["a b"],
      ["a as"],
      ["a as class"],
      ["* as a"],
      ["a, b"],
      ["a", "b as a"],
      [" a"],
      ["a as Map"],
    ]) {
      const text = generate((module) => {
        const error = failureOf(() => module.import("./a.js", names));
        expect(error.name, String(names)).to.equal("DataError");
        expect(error.code).to.be.oneOf(["invalid-name", "duplicate-name"]);
      });
      expect(text).to.not.include("import");
    }
  });

  it("imports from modules of its unit, and from units that it then requires", () => {
    const unit = new UnitWriter("rules", "1.0.0");
    const module = unit.module("lib/index.js");
    unit.module();
    module
      .import("../shapes.js", ["a"])
      .import("lib", ["b"])
      .import("lib@^1.2.0/shapes.js", ["c"])
      .import("lib@^1.2.0", ["d"])
      .import("@acme/lib/deep/x.js", ["e"])
      .import("other@>=1.0.0 <2.0.0", ["f"]);
    const { manifest, modules } = unit.build();
    expect(manifest.requires).to.deep.equal({ lib: "^1.2.0", "@acme/lib": "*", other: ">=1.0.0 <2.0.0" });
    const specifiers = [...modules["lib/index.js"]!.matchAll(/from "(.+)"/g)].map(([, each]) => each);
    expect(specifiers).to.deep.equal(["../shapes.js", "lib", "lib/shapes.js", "lib", "@acme/lib/deep/x.js", "other"]);
    const before = unit.build();
    expect(failureOf(() => module.import("lib@^2.0.0", ["g"]))).to.include({ code: "conflicting-range" });
    expect(failureOf(() => module.import("new@^2.0.0", ["a"]))).to.include({ code: "duplicate-name" });
    for (const specifier of [
      "../../x.js",
      "",
      "Lib",
      "https://x/y.js",
      "lib/",
      "lib/../x.js",
      "@acme",
      "/x.js",
      "lib@/x",
    ])
      expect(
        failureOf(() => module.import(specifier, ["h"])),
        specifier,
      ).to.include({ code: "invalid-specifier" });
    expect(failureOf(() => module.import("lib@latest", ["h"]))).to.include({ code: "invalid-range" });
    expect(unit.build()).to.deep.equal(before);
  });

  it("has classes that extend what there is", () => {
    const text = generate((module) => {
      module.import("./shapes.js", ["Shape"]).constant("Shapes", 1).type("Circle", { extends: "Shape" });
      // These two are no constructors: the module would throw as it is run.
      module.function("async Soon", [], "").function("*Several", [], "");
      for (const name of ["Shap", "Shapes", "Soon", "Several", "Later", "Object", "toString", ""]) {
        const error = failureOf(() => module.type("Round", { extends: name }));
        expect(error, name).to.include({ name: "DataError", code: "no-such-name" });
        if (name === "Shap") expect(error.message).to.include(`Did you mean "Shape"?`);
      }
      expect(failureOf(() => module.type("Own", { extends: "Own" }))).to.include({ code: "no-such-name" });
      expect(failureOf(() => module.type("Soon")).message).to.include("of an async function");
      module.type("Round", { extends: "Circle" });
    });
    expect(text).to.include("class Round extends Circle {}");
  });

  it("has classes with one member of a name, but a getter beside a setter", () => {
    const text = generate((module) => {
      const type = module.type("T").field("x").static("x", 1).method("get y", [], "").method("set y", ["v"], "");
      const steps = [
        () => type.field("x"),
        () => type.static("x", 2),
        () => type.method("x", [], ""),
        () => type.method("static x", [], ""),
        () => type.method("get y", [], ""),
        () => type.method("y", [], ""),
        () => type.field("y"),
        () => type.method("async *y", [], ""),
      ];
      for (const step of steps) expect(failureOf(step)).to.include({ name: "DataError", code: "duplicate-name" });
      type.method("constructor", [], "");
      expect(failureOf(() => type.method("constructor", [], ""))).to.include({ code: "duplicate-name" });
      for (const name of ["a b", "", "#x", "[x]", "a(", "a; b", "static", "'x'"].filter((each) => each !== "static"))
        for (const step of [() => type.field(name), () => type.static(name, 1), () => type.method(name, [], "")])
          expect(failureOf(step), name).to.include({ code: "invalid-name" });
      expect(failureOf(() => type.field("constructor"))).to.include({ code: "duplicate-name" });
      expect(failureOf(() => type.static("prototype", 1))).to.include({ code: "invalid-name" });
      expect(failureOf(() => module.type("U").field("constructor"))).to.include({ code: "invalid-name" });
      type.field("delete").method("static static", [], "").method("get", [], "").method("async", [], "");
    });
    expect(text.match(/\bx\b/g)).to.have.length(2);
  });
});

describe("a unit builder", () => {
  it("is a source: what was written until then", async () => {
    const unit = new UnitWriter("rules");
    unit.module().constant("x", 1);
    expect(unit.build().manifest).to.deep.equal({ name: "rules", version: "0.0.0" });
    expect(await resolveManifest(unit)).to.deep.equal(unit.build().manifest);
    const saved = JSON.stringify(unit.build());
    const resolving = resolveSource(unit);
    unit.module("later.js");
    expect(JSON.stringify(await resolving)).to.equal(saved);
    const blob = new Blob([saved], { type: "application/json" });
    expect(await resolveSource(blob)).to.deep.equal(await resolving);
  });

  it("has its modules linked like any other's", () => {
    const unit = new UnitWriter("rules");
    unit.module().import("./shapes.js", ["Circel"]);
    unit.module("shapes.js").type("Circle");
    const error = failureOf(() => linkPlan(unit.build()));
    expect(error).to.include({ name: "LoadError", code: "export-missing" });
  });

  it("needs a name, a version, and an entry", async () => {
    for (const [name, version] of [
      ["Rules", "1.0.0"],
      ["", "1.0.0"],
      ["rules", "1"],
      ["rules", ""],
      [1 as never, "1.0.0"],
    ] as const)
      expect(failureOf(() => new UnitWriter(name, version))).to.include({
        name: "LoadError",
        code: "manifest-invalid",
      });
    const unit = new UnitWriter("rules");
    for (const step of [() => {}, () => unit.module("other.js")]) {
      step();
      const error = failureOf(() => unit.build());
      expect(error).to.include({ name: "DataError", code: "no-entry", unit: "rules@0.0.0" });
      expect(error.message).to.include("index.js").and.to.include("module()");
      expect(await rejection(resolveSource(unit))).to.include({ code: "no-entry" });
    }
  });

  it("has one builder of each module", () => {
    const unit = new UnitWriter("rules");
    unit.module();
    expect(failureOf(() => unit.module("index.js"))).to.include({ name: "DataError", code: "duplicate-name" });
    for (const path of ["", "/x.js", "../x.js", "a//b.js", "x.json", 1 as never])
      expect(failureOf(() => unit.module(path))).to.include({ name: "DataError", code: "invalid-name" });
    expect(Object.keys(unit.build().modules)).to.deep.equal(["index.js"]);
  });

  it("names its modules by their address, as linking does", () => {
    const unit = new UnitWriter("@acme/rules", "1.2.3");
    unit.module();
    unit.module("lib/grün 1.js");
    expect(unit.build().modules["lib/grün 1.js"]).to.equal(
      "\n//# sourceURL=unit:///@acme/rules@1.2.3/lib/gr%C3%BCn%201.js\n",
    );
  });

  it("refuses to be used once it is released, as each of its parts, and what they have written stays", () => {
    const unit = new UnitWriter("rules");
    const module = unit.module();
    const type = module.type("T").field("x");
    type.release();
    type[DISPOSE]();
    module.constant("y", 1);
    module.release();
    module.release();
    const text = unit.build().modules["index.js"];
    expect(text).to.include("  x;").and.to.include("y = 1");
    const uses = [
      () => type.field("z"),
      () => type.static("z", 1),
      () => type.method("z", [], ""),
      () => module.import("./x.js", []),
      () => module.constant("z", 1),
      () => module.function("z", [], ""),
      () => module.type("Z"),
    ];
    for (const use of uses) {
      const error = failureOf(use);
      expect(error).to.include({ name: "InvalidStateError", code: "released", unit: "rules@0.0.0" });
    }
    expect(unit.build().modules["index.js"]).to.equal(text);
    unit.release();
    for (const use of [() => unit.module("z.js"), () => unit.build()])
      expect(failureOf(use)).to.include({ name: "InvalidStateError", code: "released" });
  });

  it("may go before its parts, which can still be written to", () => {
    const unit = new UnitWriter("rules");
    const module = unit.module();
    unit.release();
    const type = module.type("T");
    module.release();
    expect(() => type.field("x")).to.not.throw();
  });
});
