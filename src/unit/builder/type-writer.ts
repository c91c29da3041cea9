import { DISPOSE } from "../../dispose.js";
import { CodeWriter } from "./code-writer.js";
import { dataLiteral } from "./data-literal.js";
import { isModule } from "./names.js";
import { Part } from "./part.js";
import { refusal } from "./refusal.js";
import type { TypeDraft } from "./type-draft.js";
import type { CodeBuilder, TypeBuilder } from "./types.js";
import { writeFunction } from "./write-function.js";

/** See `TypeBuilder`. */
export class TypeWriter implements TypeBuilder {
  readonly #part: Part;
  readonly #draft: TypeDraft;

  constructor(draft: TypeDraft, from: Part) {
    this.#part = new Part(this, draft.name, from);
    this.#draft = draft;
  }

  field(name: string, initial?: unknown): this {
    return this.#property("", name, initial);
  }

  static(name: string, value: unknown): this {
    return this.#property("static ", name, value);
  }

  method(name: string, parameters: string[], body: string | ((code: CodeBuilder) => void)): this {
    this.#part.check();
    const draft = this.#draft;
    const [, prefix = "", own = name] = /^((?:static )?(?:async |get |set )?\*?)(\S+)$/.exec(name) ?? [];
    draft.checkFree(prefix, own);
    const frame = {
      place: draft.module.placeOf(`${draft.name}.${name}()`),
      header: prefix + own,
      owner: draft.head,
    };
    const label = `${own}()`;
    const text = writeFunction(frame, parameters, CodeWriter.bodyOf(body, label, this.#part));
    draft.checkFree(prefix, own);
    draft.declare(prefix, own, text);
    return this;
  }

  release(): void {
    this.#part.release();
  }

  [DISPOSE](): void {
    this.release();
  }

  #property(prefix: string, name: string, value: unknown): this {
    this.#part.check();
    const draft = this.#draft;
    draft.checkFree(prefix, name);
    const literal = dataLiteral(value, name, draft.place).replaceAll("\n", "\n  ");
    const text = `${prefix}${name}${value === undefined ? "" : ` = ${literal}`};`;
    // The parser knows the few names that no property of a class can have.
    if (!isModule(`class Sample {\n${text}\n}`))
      throw refusal("invalid-name", draft.place, `a class cannot have a property "${prefix}${name}".`);
    draft.declare(prefix, name, text);
    return this;
  }
}
