import { parse, type AnyNode } from "acorn";
import type { LeaseholdError } from "../../errors.js";
import { nodesOf } from "./nodes-of.js";
import type { Place } from "./place.js";
import { syntaxError, type GivenText } from "./syntax-error.js";

/** What a stretch of the text has to be. */
interface Span {
  type: AnyNode["type"];
  start: number;
  end: number;
}

/**
 * Texts of the caller's between texts of ours, to be parsed as a whole. Where all that we have opened is closed by nothing but what we
 * have written, no text of theirs can reach beyond its place, whatever is in it.
 */
export class Assembly {
  text = "";
  /** Where our braces are that are, or were, open; the outermost first. */
  readonly braces: number[] = [];
  readonly #unclosed: number[] = [];
  readonly #place: Place;
  readonly #given: (GivenText & { start: number })[] = [];
  readonly #spans: Span[] = [];

  constructor(place: Place) {
    this.#place = place;
  }

  own(text: string): void {
    this.text += text;
  }

  /** @returns where it begins */
  given(text: string, role: string): number {
    const start = this.text.length;
    this.#given.push({ text, role, start });
    this.text += text;
    return start;
  }

  /** Begins a block: a brace is the last character of what has been written then. */
  open(text: string): void {
    this.text += text;
    this.braces.push(this.text.length - 1);
    this.#unclosed.push(this.text.length - 1);
  }

  /** Ends the block that was begun last, and with `ending` the statement that it belongs to. */
  close(ending: string): void {
    this.text += "\n}";
    this.expect("BlockStatement", this.#unclosed.pop() as number);
    this.text += ending;
  }

  /** What stands from an offset to here has to be exactly this. */
  expect(type: Span["type"], start: number): void {
    this.#spans.push({ type, start, end: this.text.length });
  }

  /**
   * All nodes of the text.
   * @throws LeaseholdError "DataError" (`syntax-error`)
   */
  parse(): AnyNode[] {
    const nodes = this.#parse();
    const broken = this.#spans.find((span) => !nodes.some((node) => fits(node, span)));
    if (!broken) return nodes;
    const early = nodes.find(
      ({ type, start, end }) => type === broken.type && start === broken.start && end < broken.end,
    );
    throw this.fault(
      early ? early.end - 1 : broken.start,
      early ? "This ends what it stands in" : "This is no block of statements",
    );
  }

  /** The error for what is found at an offset. */
  fault(offset: number, message: string): LeaseholdError {
    const given = this.#given.findLast(({ start }) => start <= offset);
    if (!given) return syntaxError(this.#place, { text: this.text, role: "what was written" }, offset, message);
    return syntaxError(this.#place, given, Math.min(Math.max(0, offset - given.start), given.text.length), message);
  }

  #parse(): AnyNode[] {
    try {
      return nodesOf(parse(this.text, { ecmaVersion: "latest", sourceType: "module", allowHashBang: false }));
    } catch (error) {
      const { pos = this.text.length, message } = error as Error & { pos?: number };
      throw this.fault(pos, message.replace(/ \(\d+:\d+\)$/, ""));
    }
  }
}

function fits(node: AnyNode, { type, start, end }: Span): boolean {
  if (node.type === type) return node.start === start && node.end === end;
  // The braces of a switch are no node of their own.
  if (type !== "BlockStatement" || node.type !== "SwitchStatement" || node.end !== end) return false;
  return node.discriminant.end < start && (node.cases[0]?.start ?? end) > start;
}
