import { DISPOSE } from "../../dispose.js";
import { CodeWriter } from "./code-writer.js";
import { dataLiteral } from "./data-literal.js";
import type { ModuleDraft } from "./module-draft.js";
import { isPropertyName } from "./names.js";
import { Part } from "./part.js";
import { refusal } from "./refusal.js";
import { parseTarget } from "./specifier.js";
import { TypeDraft } from "./type-draft.js";
import { TypeWriter } from "./type-writer.js";
import type { CodeBuilder, ModuleBuilder, TypeBuilder } from "./types.js";
import { writeFunction } from "./write-function.js";

/** See `ModuleBuilder`. */
export class ModuleWriter implements ModuleBuilder {
  readonly #part: Part;
  readonly #draft: ModuleDraft;

  constructor(draft: ModuleDraft, from: Part) {
    this.#part = new Part(this, draft.path, from);
    this.#draft = draft;
  }

  import(specifier: string, names: string[]): this {
    this.#part.check();
    const draft = this.#draft;
    const target = parseTarget(specifier, draft.path, draft.place);
    const bindings = names.map((each) => this.#binding(each));
    const locals = bindings.map(({ local }) => local);
    const twice = locals.find((local, index) => locals.indexOf(local) !== index);
    if (twice !== undefined) throw refusal("duplicate-name", draft.place, `it imports two things as "${twice}".`);
    draft.unit.require(target, draft.place);
    draft.import(target.specifier, bindings);
    return this;
  }

  constant(name: string, value: unknown): this {
    this.#part.check();
    const draft = this.#draft;
    draft.checkFree(name);
    const literal = dataLiteral(value, name, draft.place);
    draft.declare(name, "constant", `export const ${name} = ${literal};`);
    return this;
  }

  function(name: string, parameters: string[], body: string | ((code: CodeBuilder) => void)): this {
    this.#part.check();
    const draft = this.#draft;
    const [, isAsync = "", star = "", own = name] = /^(async )?(\*)?(\S+)$/.exec(name) ?? [];
    draft.checkFree(own);
    const label = `${own}()`;
    const frame = { place: draft.placeOf(label), header: `export ${isAsync}function${star} ${own}` };
    const text = writeFunction(frame, parameters, CodeWriter.bodyOf(body, label, this.#part));
    // What writes the body may have taken the name.
    draft.checkFree(own);
    draft.declare(own, star ? "generator" : isAsync ? "async function" : "function", text);
    return this;
  }

  type(name: string, options: { extends?: string } = {}): TypeBuilder {
    this.#part.check();
    const draft = this.#draft;
    draft.checkFree(name);
    if (options.extends !== undefined) draft.checkExtends(options.extends);
    const type = new TypeDraft(name, options.extends, draft);
    draft.declare(name, "type", type);
    return new TypeWriter(type, this.#part);
  }

  release(): void {
    this.#part.release();
  }

  [DISPOSE](): void {
    this.release();
  }

  #binding(text: string): { imported: string; local: string } {
    const [, imported = "", local = imported] = /^(\S+)(?: as (\S+))?$/.exec(String(text)) ?? [];
    if (!isPropertyName(imported)) {
      const message = `${JSON.stringify(text)} is nothing to import; write "area", "area as size" or "default as shapes".`;
      throw refusal("invalid-name", this.#draft.place, message);
    }
    this.#draft.checkFree(local);
    return { imported, local };
  }
}
