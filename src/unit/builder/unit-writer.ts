import { DISPOSE } from "../../dispose.js";
import { isModulePath } from "../module-path.js";
import type { UnitPackage } from "../unit-package.js";
import { markBuilder } from "./is-builder.js";
import { ModuleDraft } from "./module-draft.js";
import { ModuleWriter } from "./module-writer.js";
import { Part } from "./part.js";
import type { Parts } from "./parts.js";
import { refusal } from "./refusal.js";
import type { ModuleBuilder, UnitBuilder } from "./types.js";
import { UnitDraft } from "./unit-draft.js";

/** See `UnitBuilder`. */
export class UnitWriter implements UnitBuilder {
  /** The parts that somebody has. */
  readonly parts: Parts;
  readonly #part: Part;
  readonly #draft: UnitDraft;

  /**
   * @param version default "0.0.0"
   * @throws LeaseholdError "LoadError" (`manifest-invalid`)
   */
  constructor(name: string, version = "0.0.0") {
    this.#draft = new UnitDraft(name, version);
    this.parts = this.#draft.parts;
    this.#part = new Part(this, name, this.parts);
    markBuilder(this);
  }

  module(path = "index.js"): ModuleBuilder {
    this.#part.check();
    const { modules, place } = this.#draft;
    if (typeof path !== "string" || !isModulePath(path) || path.endsWith(".json")) {
      const message = `${JSON.stringify(path)} is no path of a module; write it like "lib/shapes.js".`;
      throw refusal("invalid-name", place, message);
    }
    if (modules.has(path)) {
      throw refusal(
        "duplicate-name",
        place,
        `it has a module ${path} already; keep the builder that the first call gave.`,
      );
    }
    const module = new ModuleDraft(path, this.#draft);
    modules.set(path, module);
    return new ModuleWriter(module, this.#part);
  }

  build(): UnitPackage {
    this.#part.check();
    return this.#draft.build();
  }

  release(): void {
    this.#part.release();
  }

  [DISPOSE](): void {
    this.release();
  }
}
