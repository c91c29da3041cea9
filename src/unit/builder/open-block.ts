import type { Declared } from "./declared-names.js";

/** A statement that is not whole without another block, or a condition, after its own. */
export interface Unfinished {
  /** What makes it whole. */
  ending: string;
  /** A statement that goes on in the same way. */
  stub: string;
  fault: string;
}

/** By their heads. */
export const unfinished: ReadonlyMap<string, Unfinished> = new Map([
  ["try", { ending: " finally {}", stub: "try {} ", fault: "A try needs a catch or finally after it" }],
  ["do", { ending: " while (false);", stub: "do {} ", fault: "A do needs a while after it" }],
]);

/**
 * A block whose end is not written yet, without its statements: what is left of them is what decides about the next one. So a step costs
 * the same, however long the function is by then.
 */
export class OpenBlock {
  /** What stands before its statements, its brace last. */
  readonly opening: string;
  /** What makes the statement whole whose block it is. */
  readonly ending: string;
  /** Whether it is the body of a function. */
  readonly isTop: boolean;
  /** Of a switch, what its statements stand behind by now: a case, or the default, of which there is one. */
  label = "";
  /** A statement that can go on in the same ways as its last one; nothing where that cannot. */
  stub = "";
  /** What its last statement is, where it is not whole. */
  last: Unfinished | undefined;
  /** What was written to it last. */
  wrote: "nothing" | "text" | "block" = "nothing";
  readonly #names = new Map<string, Declared>();

  constructor(opening: string, isTop: boolean, ending = "") {
    this.opening = opening;
    this.isTop = isTop;
    this.ending = ending;
  }

  /** The names that are also declared in the block around it. */
  get variables(): [string, Declared][] {
    return this.isTop ? [] : [...this.#names].filter(([, as]) => as === "var");
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  declare(names: Iterable<[string, Declared]>): void {
    for (const [name, as] of names) this.#names.set(name, as);
  }

  /** Declares those of the given names once more that it has. */
  declarations(names: ReadonlySet<string>): string {
    return [...names].map((name) => (this.has(name) ? `${this.#names.get(name)} ${name}; ` : "")).join("");
  }
}
