import { DISPOSE } from "../../dispose.js";
import { LeaseholdError } from "../../errors.js";
import type { FunctionText } from "./function-text.js";
import { Part } from "./part.js";
import type { CodeBuilder } from "./types.js";

/** See `CodeBuilder`. */
export class CodeWriter implements CodeBuilder {
  readonly #part: Part;
  readonly #text: FunctionText;
  readonly #depth: number;

  private constructor(text: FunctionText, label: string, from: Part) {
    this.#part = new Part(this, label, from);
    this.#text = text;
    this.#depth = text.depth;
  }

  /** What writes a function's body: a text does as it is, a callback is lent a builder. */
  static bodyOf(
    body: string | ((code: CodeBuilder) => void),
    label: string,
    from: Part,
  ): string | ((text: FunctionText) => void) {
    return typeof body === "string" ? body : (text) => CodeWriter.#lend(text, label, from, body);
  }

  static #lend(text: FunctionText, label: string, from: Part, body: (code: CodeBuilder) => void): void {
    const writer = new CodeWriter(text, label, from);
    try {
      body(writer);
    } finally {
      writer.release();
    }
  }

  line(text: string): this {
    this.#check();
    this.#text.add(text, "the line");
    return this;
  }

  local(name: string, expression: string): this {
    this.#check();
    this.#text.addLocal(name, expression);
    return this;
  }

  block(head: string, body: (code: CodeBuilder) => void): this {
    this.#check();
    this.#text.addBlock(head, () => CodeWriter.#lend(this.#text, head, this.#part, body));
    return this;
  }

  release(): void {
    this.#part.release();
  }

  [DISPOSE](): void {
    this.release();
  }

  #check(): void {
    this.#part.check();
    if (this.#text.depth === this.#depth) return;
    const message = `${this.#part.label} waits for a block inside of it; write to the builder of that block until its callback has returned.`;
    throw new LeaseholdError("InvalidStateError", "block-open", message);
  }
}
