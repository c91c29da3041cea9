import { suggest } from "../../suggest.js";
import { checkModuleName } from "./names.js";
import type { Place } from "./place.js";
import { refusal } from "./refusal.js";
import type { TypeDraft } from "./type-draft.js";
import type { UnitDraft } from "./unit-draft.js";

/** What a name of a module is: only what can be a class is extended. */
export type NameKind = "import" | "constant" | "function" | "async function" | "generator" | "type";

const bases: ReadonlySet<NameKind | undefined> = new Set(["import", "function", "type"]);

/** What has been written of a module, whoever still has a builder of it. */
export class ModuleDraft {
  readonly path: string;
  readonly unit: UnitDraft;
  readonly place: Place;
  readonly #names = new Map<string, NameKind>();
  readonly #imports: string[] = [];
  readonly #declarations: (string | TypeDraft)[] = [];

  constructor(path: string, unit: UnitDraft) {
    this.path = path;
    this.unit = unit;
    this.place = { what: `${path} in ${unit.place.what}`, unit: unit.place.unit };
  }

  /** The place of something in it, e.g. "grade()". */
  placeOf(what: string): Place {
    return { ...this.place, what: `${what} of ${this.place.what}` };
  }

  /** @throws LeaseholdError "DataError" (`invalid-name`, `duplicate-name`) where the module cannot declare a name */
  checkFree(name: string): void {
    checkModuleName(name, this.place);
    const kind = this.#names.get(name);
    if (kind === undefined) return;
    throw refusal(
      "duplicate-name",
      this.place,
      `it has the name "${name}" already, of ${/^[ai]/.test(kind) ? "an" : "a"} ${kind}.`,
    );
  }

  /** @throws LeaseholdError "DataError" (`no-such-name`) where a class cannot be extended by that name */
  checkExtends(name: string): void {
    if (bases.has(this.#names.get(name))) return;
    const known = [...this.#names].filter(([, kind]) => bases.has(kind)).map(([each]) => each);
    const message = `it has no class "${name}" so far that could be extended; define or import it before.${suggest(name, known)}`;
    throw refusal("no-such-name", this.place, message);
  }

  import(specifier: string, names: { imported: string; local: string }[]): void {
    for (const { local } of names) this.#names.set(local, "import");
    const list = names.map(({ imported, local }) => (imported === local ? local : `${imported} as ${local}`));
    const from = JSON.stringify(specifier);
    this.#imports.push(list.length > 0 ? `import { ${list.join(", ")} } from ${from};\n` : `import ${from};\n`);
  }

  declare(name: string, kind: NameKind, declaration: string | TypeDraft): void {
    this.#names.set(name, kind);
    this.#declarations.push(declaration);
  }

  text(): string {
    const declarations = this.#declarations.map((each) => `${typeof each === "string" ? each : each.text()}\n`);
    return [...(this.#imports.length > 0 ? [this.#imports.join("")] : []), ...declarations].join("\n");
  }
}
