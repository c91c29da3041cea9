import type { ModuleDraft } from "./module-draft.js";
import { checkMemberName } from "./names.js";
import type { Place } from "./place.js";
import { refusal } from "./refusal.js";

/** What has been written of a class, whoever still has a builder of it. */
export class TypeDraft {
  readonly name: string;
  readonly module: ModuleDraft;
  readonly place: Place;
  /** As it begins: "class Rule extends Base". */
  readonly head: string;
  readonly #members: string[] = [];
  readonly #names = new Set<string>();

  constructor(name: string, base: string | undefined, module: ModuleDraft) {
    this.name = name;
    this.module = module;
    this.place = module.placeOf(name);
    this.head = `class ${name}${base === undefined ? "" : ` extends ${base}`}`;
  }

  /**
   * @param prefix what stands before the name, e.g. "static "
   * @throws LeaseholdError "DataError" (`invalid-name`, `duplicate-name`) where the class cannot have a member
   */
  checkFree(prefix: string, name: string): void {
    checkMemberName(name, this.place);
    if (!keysOf(prefix, name).some((key) => this.#names.has(key))) return;
    throw refusal("duplicate-name", this.place, `it has a member "${prefix}${name}" already.`);
  }

  declare(prefix: string, name: string, text: string): void {
    this.#names.add(keysOf(prefix, name)[0] as string);
    this.#members.push(text);
  }

  text(): string {
    if (this.#members.length === 0) return `export ${this.head} {}`;
    const isMethod = (member: string | undefined): boolean => member?.endsWith("}") ?? false;
    const lines = this.#members.map((member, index) => {
      const standsApart = index > 0 && (isMethod(member) || isMethod(this.#members[index - 1]));
      return `${standsApart ? "\n" : ""}  ${member}\n`;
    });
    return `export ${this.head} {\n${lines.join("")}}`;
  }
}

/** What a member is called by, and what else it cannot stand beside: getter and setter of one name can. */
function keysOf(prefix: string, name: string): string[] {
  const on = prefix.startsWith("static ") ? "static " : "";
  const [get, set, whole] = [`${on}get ${name}`, `${on}set ${name}`, `${on}${name}`];
  if (prefix.endsWith("get ")) return [get, whole];
  if (prefix.endsWith("set ")) return [set, whole];
  return [whole, get, set];
}
