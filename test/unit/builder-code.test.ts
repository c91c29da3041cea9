import { expect } from "chai";
import fc from "fast-check";
import { checkFunction, type CodeBuilder } from "../../src/unit/index.js";
import { failureOf } from "../support/account.js";
import { generate, run } from "../support/generated.js";
import { rounds } from "../support/rounds.js";

type Fault = Error & { code?: string; cause: { line: number; column: number; fault: string; source: string } };

/** What a function is refused for, and what the module has of it then. */
function refusal(write: (code: CodeBuilder) => unknown): Fault {
  let error: Error | undefined;
  const text = generate((module) => {
    error = failureOf(() => module.function("sample", [], (code) => void write(code)));
  });
  expect(text.trim()).to.equal("//# sourceURL=unit:///rules@1.0.0/index.js");
  expect(error).to.include({ name: "DataError", code: "syntax-error", unit: "rules@1.0.0" });
  return error as Fault;
}

const hostileBodies = [
  "}); evil(); (function(){",
  "} evil(); {",
  "} function evil() {",
  "} export const evil = 1; {",
  "}; evil(); if (1) {",
  "return `${1}`}; evil(); {",
  "if (1) {",
  "/*",
  "`",
  "'",
  "export const evil = 1;",
  "import evil from './evil.js';",
  "<!--",
  "#!evil",
  "}\u2028evil();{",
  "//\u2028}evil();{",
  "await evil();",
  "super.evil();",
  "let a; let a;",
  "break;",
  "evil(",
];

describe("a function that is written", () => {
  for (const body of hostileBodies) {
    it(`does not get out of its body by ${JSON.stringify(body)}`, () => {
      refusal((code) => code.line(body));
      refusal((code) => code.block("if (1)", (inner) => inner.line(body)));
      expect(failureOf(() => checkFunction([], body, "sample"))).to.include({ code: "syntax-error" });
      const text = generate((module) => {
        expect(failureOf(() => module.function("sample", [], body))).to.include({ code: "syntax-error" });
        const type = module.type("T");
        // There, a class gives `super` a meaning.
        if (!body.startsWith("super"))
          expect(failureOf(() => type.method("m", [], body))).to.include({ code: "syntax-error" });
      });
      expect(text).to.not.include("evil");
    });
  }

  for (const parameter of [
    "a) { evil() } function g(b",
    "a, b",
    "a,",
    "",
    "a // x",
    "a = (",
    "a) {} /*",
    "1",
    "a b",
    "...a, b",
    "a = await 1",
  ]) {
    it(`does not get out of its parameters by ${JSON.stringify(parameter)}`, () => {
      const text = generate((module) => {
        for (const parameters of [[parameter], [parameter, "z"], ["z", parameter]]) {
          expect(failureOf(() => module.function("f", parameters, ""))).to.include({ code: "syntax-error" });
          expect(
            failureOf(() => module.type(`T${parameters.length}${parameters[0] === "z"}`).method("m", parameters, "")),
          ).to.include({ code: "syntax-error" });
        }
      });
      expect(text).to.not.include("evil").and.to.not.include("m(");
    });
  }

  it("has no parameters that are texts which only make some together", () => {
    for (const parameters of [
      ["a = [", "1], b"],
      ["a = `", "` + 1, b"],
      ["a = (1", "2)"],
      ["a /*", "*/ b"],
      ["a", "/* */ b, c"],
    ]) {
      const error = failureOf(() => generate((module) => module.function("f", parameters, ""))) as Fault;
      expect(error, parameters.join("|")).to.include({ code: "syntax-error" });
    }
    const text = generate((module) => module.function("f", ["/* one */ a /* of two */", " b = [1, 2] "], ""));
    expect(text).to.include("f(/* one */ a /* of two */,  b = [1, 2] ) {}");
  });

  it("is of any length", () => {
    const many = generate((module) => {
      module.function("rows", [], `return [${"0, ".repeat(150_000)}];`);
      module.function("lines", [], "rows();\n".repeat(130_000));
    });
    expect(many.length).to.be.greaterThan(1_000_000);
    const sum = generate((module) => module.function("sum", ["a"], (code) => code.line(`a = ${"a + ".repeat(3000)}a`)));
    expect(sum).to.include("a + a;");
  });

  for (const expression of [
    "1); evil(",
    "1; evil()",
    "1, evil = 2",
    "1, 2",
    "1\nevil()",
    "1;",
    "",
    "// x",
    "} evil(); {",
    "let x",
  ]) {
    it(`has no local constant that is ${JSON.stringify(expression)}`, () => {
      refusal((code) => code.local("x", expression));
    });
  }

  it("has local constants of any one expression", async () => {
    const text = generate((module) =>
      module.function("f", ["a"], (code) => {
        code.local("b", "(1, a)").local("c", "{ b } // an object").local("d", "() => {\n  return `\n  ${c.b}`;\n}");
        code.local("e", "class {}\n").local("g", "[a] /* list */").line("return [b, c, d(), g]");
      }),
    );
    const { f } = (await run(text)) as { f(a: number): unknown };
    expect(f(5)).to.deep.equal([5, { b: 5 }, "\n  5", [5]]);
    expect(text).to.include("const c = { b }; // an object\n");
    const wrong = failureOf(() => generate((module) => module.function("f", [], (code) => code.local("a b", "1"))));
    expect(wrong).to.include({ name: "DataError", code: "invalid-name" });
  });

  for (const head of [
    "const o =",
    "class A",
    "} if (x)",
    "if (x) {",
    "if (x",
    "x",
    "do {} while (x); if",
    "switch (1) {} else",
    "// x",
    "return",
  ]) {
    it(`has no block behind ${JSON.stringify(head)}`, () => {
      refusal((code) => code.block(head, () => {}));
    });
  }

  it("has no else where there is no if, and no try without what belongs to it", () => {
    refusal((code) => code.block("else", () => {}));
    refusal((code) => code.line("x()").block("else", () => {}));
    refusal((code) =>
      code
        .block("if (1)", () => {})
        .line("x()")
        .block("else", () => {}),
    );
    refusal((code) => code.block("catch", () => {}));
    expect(refusal((code) => code.block("try", () => {})).message).to.include("catch or finally");
    refusal((code) => code.block("try", () => {}).line("x()"));
    refusal((code) => code.block("if (1)", (inner) => inner.block("do", () => {})));
    refusal((code) => code.block("if (1)", (inner) => inner.block("try", () => {})).block("finally", () => {}));
  });

  it("takes whole statements only, none that the next one goes on with", async () => {
    refusal((code) => code.line("const x =").line("1"));
    refusal((code) => code.line("if (1)").line("x()"));
    refusal((code) => code.line("foo(").line(")"));
    refusal((code) => code.line("label:").line("x()"));
    const text = generate((module) =>
      module.function("f", ["a"], (code) => {
        code.line("let b = a").line("[1].map(String)").line("b = () => {}").line("(0)");
        code.line("if (a) b = 1").line("+1").line("return b");
      }),
    );
    expect(((await run(text)) as { f(a: number): unknown }).f(1)).to.equal(1);
  });

  it("has nothing of a step that threw, when somebody goes on after it", async () => {
    const text = generate((module) =>
      module.function("f", [], (code) => {
        code.line("const list = []");
        expect(failureOf(() => code.line("list.push(1"))).to.include({ code: "syntax-error" });
        expect(failureOf(() => code.line("const list = 1"))).to.include({ code: "syntax-error" });
        expect(failureOf(() => code.local("x", "1;"))).to.include({ code: "syntax-error" });
        const failing = (): unknown =>
          code.block("for (;;)", (inner) => {
            inner.line("list.push(2)").block("if (1)", () => {});
            throw new Error("changed my mind");
          });
        expect(failureOf(failing).message).to.equal("changed my mind");
        code.block("if (1)", (inner) => {
          expect(failureOf(() => inner.block("try", (deep) => deep.line(")")))).to.include({ code: "syntax-error" });
          inner.line("list.push(3)");
        });
        code.block("try", () => {});
        expect(failureOf(() => code.line("x("))).to.include({ code: "syntax-error" });
        code.block("finally", () => {}).line("return list");
      }),
    );
    expect(((await run(text)) as { f(): unknown }).f()).to.deep.equal([3]);
  });

  it("is told where in the caller's own text a fault is", () => {
    const places: [() => unknown, line: number, column: number, role: string][] = [
      [() => checkFunction(["a"], "return a +;", "sample"), 1, 11, "the body"],
      [() => checkFunction(["a", "b = )"], "", "sample"), 1, 5, "parameter 2"],
      [() => checkFunction(["a"], "\n\n  let x = 1;\r\n  let x;", "sample"), 4, 7, "the body"],
      [() => checkFunction(["a"], "if (a) {\n  b();", "sample"), 2, 7, "the body"],
      [() => checkFunction(["a"], "b();\n} evil(); {", "sample"), 2, 1, "the body"],
      [() => generate((m) => m.function("f", [], (code) => code.line("a()").line("b(;"))), 1, 3, "the line"],
      [() => generate((m) => m.function("f", [], (code) => code.local("x", "1 +\n +"))), 2, 3, "the expression"],
      [() => generate((m) => m.function("f", [], (code) => code.block("if (x", () => {}))), 1, 6, "the head"],
      [() => generate((m) => m.function("f", [], (code) => code.block("  return\n", () => {}))), 1, 9, "the head"],
      [() => generate((m) => m.type("T").method("m", ["a"], "a();\n b(();")), 2, 5, "the body"],
    ];
    for (const [step, line, column, role] of places) {
      const error = failureOf(step) as Fault;
      expect(error.message).to.include(`at line ${line}, column ${column} of ${role}`);
      expect(error.cause).to.include({ line, column });
      expect(error.message).to.include(error.cause.source.trim());
    }
  });

  it("is told in which unit, module and member a fault is", () => {
    const what = (step: () => unknown): string => failureOf(step).message.split(":")[0] as string;
    expect(what(() => generate((m) => m.function("f", [], "(")))).to.equal("f() of index.js in rules@1.0.0");
    expect(what(() => generate((m) => m.type("T").method("get x", [], "(")))).to.equal(
      "T.get x() of index.js in rules@1.0.0",
    );
    expect(what(() => checkFunction([], "(", "compile() of sample@1.0.0"))).to.equal("compile() of sample@1.0.0");
  });

  it("is told of long lines around the fault, and of what is no text", () => {
    const { message, cause } = failureOf(() => checkFunction([], `${"a();".repeat(9999)})`, "sample")) as Fault;
    expect(message.length).to.be.lessThan(300);
    expect(cause.column).to.equal(4 * 9999 + 1);
    for (const text of [1, null, undefined, {}, ["a"]] as unknown as string[]) {
      expect(failureOf(() => checkFunction([text], "", "sample"))).to.include({ code: "syntax-error" });
      expect(failureOf(() => checkFunction([], text, "sample"))).to.include({ code: "syntax-error" });
    }
    expect(failureOf(() => checkFunction([], "(".repeat(1e5), "sample"))).to.include({ code: "syntax-error" });
  });

  it("parses as it was meant to, or is refused, whatever its text is made of", () => {
    const tokens = [
      "{",
      "}",
      "(",
      ")",
      ";",
      ",",
      "\n",
      "a",
      "=",
      "`",
      "${",
      "/",
      "*",
      "//",
      "/*",
      "*/",
      "'",
      "if",
      "else",
      "=>",
      "function",
      "return",
      " ",
      "\u2028",
    ];
    const soups = fc.array(fc.constantFrom(...tokens), { maxLength: 8 }).map((parts) => parts.join(""));
    const accepts = (step: () => unknown): boolean => {
      try {
        step();
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(soups, soups, (parameter, body) => {
        if (!accepts(() => checkFunction([parameter], body, "sample"))) return;
        // The engine's own constructor checks that each text stands for itself.
        expect(accepts(() => new Function(parameter, body))).to.equal(true);
      }),
      { numRuns: rounds(2000) },
    );
  });

  it("is lent its builder for the time of the callback", () => {
    let kept: CodeBuilder | undefined;
    let inner: CodeBuilder | undefined;
    const text = generate((module) => {
      module.function("f", [], (code) => {
        kept = code.line("a()");
        code.block("if (1)", (block) => {
          inner = block;
          expect(failureOf(() => code.line("b()"))).to.include({ name: "InvalidStateError", code: "block-open" });
        });
        for (const use of [
          () => inner!.line("c()"),
          () => inner!.local("c", "1"),
          () => inner!.block("if (1)", () => {}),
        ])
          expect(failureOf(use)).to.include({ name: "InvalidStateError", code: "released" });
        code.line("d()").release();
        expect(failureOf(() => code.line("e()"))).to.include({ code: "released" });
      });
    });
    expect(failureOf(() => kept!.line("e()"))).to.include({ name: "InvalidStateError", code: "released" });
    expect(text)
      .to.include("a();")
      .and.to.include("d();")
      .and.to.not.match(/[bce]\(\)/);
  });
});
