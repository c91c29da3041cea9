import { expect } from "chai";
import fc from "fast-check";
import type { CodeBuilder } from "../../src/unit/index.js";
import { generate } from "../support/generated.js";
import { rounds } from "../support/rounds.js";

/** A line, or a block of steps behind a head. */
type Step = string | { head: string; steps: Step[] };

const lines = [
  "let a;",
  "var a;",
  "const b = 1;",
  "var { b, c: [a = c] } = {};",
  "function a() {}",
  "class b {}",
  "{ var a; }",
  "{ let a; var c; }",
  "for (var b of []);",
  "for (let a = 0; ; ) { var c; }",
  "try {} catch (a) { var a; }",
  "(() => { var a; let b; })();",
  "class c { static { var a; } }",
  "if (a) b();",
  "else b();",
  "catch { let a; }",
  "while (a);",
  "a: { break a; }",
  "break;",
  "return () => {};",
  "// } {",
  "/* a */",
  "`\n} {`;",
  "case 1: let c;",
  "default:",
];
const heads = [
  "if (a)",
  "else",
  "else if (b)",
  "for (let a of [])",
  "for (var b of [])",
  "while (1)",
  "try",
  "catch (a)",
  "catch ({ b })",
  "catch",
  "finally",
  "do",
  "switch (a)",
  "const a = () =>",
  "var b = function (c)",
  "function c()",
  "a:",
  "let c; if (c)",
];
const { steps } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  step: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...lines),
    fc.record({ head: fc.constantFrom(...heads), steps: tie("steps") }),
  ),
  steps: fc.array(tie("step"), { maxLength: 6 }),
}));

interface Level {
  /** What ends the block, and makes the statement whole that it belongs to. */
  close: string;
  /** What makes the last statement in it whole. */
  lack: string;
}

/** What the steps are worth by the engine, which parses the whole text each time. */
class Reference {
  readonly accepted: boolean[] = [];
  #text = "";
  #levels: Level[] = [{ close: "", lack: "" }];

  take(step: Step): void {
    const level = this.#levels.at(-1) as Level;
    const [text, lack] = [this.#text, level.lack];
    if (typeof step === "string") {
      this.accepted.push(this.#goesOnWith(step));
      return;
    }
    const ending = { try: "finally {}", do: "while (0);" }[step.head] ?? "";
    level.lack = "";
    this.#levels.push({ close: `\n} ${ending}`, lack: "" });
    let isTaken = this.#goesOnWith(`${step.head} {`);
    if (isTaken) {
      for (const each of step.steps) this.take(each);
      isTaken = this.#levels.at(-1)?.lack === "";
    }
    this.#levels.pop();
    this.#text = isTaken ? `${this.#text}\n}` : text;
    level.lack = isTaken ? ending : lack;
    this.accepted.push(isTaken);
  }

  #goesOnWith(text: string): boolean {
    const level = this.#levels.at(-1) as Level;
    const { lack } = level;
    level.lack = "";
    const closers = this.#levels.toReversed().map((each) => each.lack + each.close);
    try {
      new Function(`"use strict";${this.#text}\n${text}${closers.join("")}`);
      this.#text += `\n${text}`;
      return true;
    } catch {
      level.lack = lack;
      return false;
    }
  }
}

/** What the builder makes of the steps. */
function take(code: CodeBuilder, step: Step, accepted: boolean[]): void {
  try {
    if (typeof step === "string") code.line(step);
    else
      code.block(step.head, (inner) => {
        for (const each of step.steps) take(inner, each, accepted);
      });
    accepted.push(true);
  } catch {
    accepted.push(false);
  }
}

describe("a function that is written step by step", () => {
  it("takes the steps after which the whole of it parses, and no others", () =>
    fc.assert(
      fc.property(steps, (list) => {
        const reference = new Reference();
        const accepted: boolean[] = [];
        for (const step of list) reference.take(step);
        generate((module) => {
          try {
            module.function("sample", [], (code) => {
              for (const step of list) take(code, step, accepted);
            });
          } catch {
            // The last statement may lack its end.
          }
        });
        expect(accepted).to.deep.equal(reference.accepted);
      }),
      { numRuns: rounds(2000) },
    ));

  it("takes as long for the thousandth step as for the first", () => {
    const time = (count: number): number => {
      const start = performance.now();
      generate((module) =>
        module.function("sample", [], (code) => {
          for (let index = 0; index < count; index++) code.local(`x${index}`, `run(${index && `x${index - 1}`})`);
        }),
      );
      return performance.now() - start;
    };
    time(200);
    const [few, many] = [time(200), time(2000)];
    expect(many).to.be.lessThan(30 * few + 200);
  });
});
