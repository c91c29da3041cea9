import { executeServerCommand } from "@web/test-runner-commands";
import { expect } from "chai";
import { engine, type Engine } from "./engine.js";

/** What an engine does, as docs/engines.md has it: yes, no, or in a few words. */
export type Answer = boolean | string;

/**
 * Declares a test of what the engines differ in, or might. What is seen has to be what is expected of this engine, and is told to the
 * runner, from which docs/engines.md is written.
 * @param what a sentence's beginning, of which the answers are the end
 */
export function fact(what: string, expected: Answer | Record<Engine, Answer>, look: () => unknown): void {
  it(what, async function () {
    const seen = (await look()) as Answer;
    const group = this.test?.parent?.title;
    await executeServerCommand("tell-fact", { group, what, seen });
    expect(seen).to.equal(typeof expected === "object" ? expected[engine] : expected);
  });
}
