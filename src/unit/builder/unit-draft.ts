import { baseOf } from "../module-path.js";
import { parseManifest } from "../parse-manifest.js";
import type { UnitPackage } from "../unit-package.js";
import type { ModuleDraft } from "./module-draft.js";
import { Parts } from "./parts.js";
import type { Place } from "./place.js";
import { refusal } from "./refusal.js";
import type { Target } from "./specifier.js";

const ENTRY = "index.js";

/** What has been written of a unit, whoever still has a builder of it. */
export class UnitDraft {
  readonly name: string;
  readonly place: Place;
  readonly parts: Parts;
  readonly modules = new Map<string, ModuleDraft>();
  readonly #version: string;
  /** Name of a required unit → range, where one was given. */
  readonly #requires = new Map<string, string | undefined>();

  /** @throws LeaseholdError "LoadError" (`manifest-invalid`) */
  constructor(name: string, version: string) {
    parseManifest({ name, version }, "as it was defined");
    this.name = name;
    this.#version = version;
    const unit = `${name}@${version}`;
    this.place = { what: unit, unit };
    this.parts = new Parts(unit);
  }

  /**
   * Notes that a module imports from a required unit.
   * @throws LeaseholdError "DataError" (`conflicting-range`)
   */
  require({ unit, range }: Target, place: Place): void {
    if (unit === undefined) return;
    const known = this.#requires.get(unit);
    if (known !== undefined && range !== undefined && known !== range) {
      const message = `${unit} is required as ${range} here, and as ${known} before; one unit has one version of it.`;
      throw refusal("conflicting-range", place, message);
    }
    this.#requires.set(unit, known ?? range);
  }

  /** @throws LeaseholdError "DataError" (`no-entry`) */
  build(): UnitPackage {
    if (!this.modules.has(ENTRY)) {
      const message = `it has no module ${ENTRY}, whose exports a host calls; begin it with module().`;
      throw refusal("no-entry", this.place, message);
    }
    const manifest = { name: this.name, version: this.#version };
    const requires = Object.fromEntries([...this.#requires].map(([name, range]) => [name, range ?? "*"]));
    const texts = [...this.modules].map(([path, module]) => [
      path,
      `${module.text()}\n//# sourceURL=${baseOf(manifest)}${encodeURI(path)}\n`,
    ]);
    return {
      manifest: this.#requires.size > 0 ? { ...manifest, requires } : manifest,
      modules: Object.fromEntries(texts) as Record<string, string>,
    };
  }
}
