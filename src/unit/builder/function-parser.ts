import type { AnyNode } from "acorn";
import { Assembly } from "./assembly.js";
import type { OpenBlock } from "./open-block.js";
import type { Place } from "./place.js";

/** What stands around a function's parameters and body. */
export interface FunctionFrame {
  place: Place;
  /** What stands before its parameters, e.g. "export function grade". */
  header: string;
  /** The beginning of the class that it is a member of, e.g. "class Rule extends Base". */
  owner?: string;
}

/** What was parsed for one step. */
export interface Step {
  assembly: Assembly;
  nodes: AnyNode[];
  /** Where the step's own text begins. */
  start: number;
  /** The statements of the innermost block that the step added, or went on with. */
  statements: AnyNode[];
  /** See `OpenBlock`. */
  label: string;
}

/**
 * Parses the steps by which a function is written.
 *
 * 1. Each is parsed by itself, within the heads of the blocks that are open (see `OpenBlock`).
 * 2. Where it has names in it that these declare, it is parsed once more, with their declarations.
 * 3. In the end the whole is parsed.
 */
export class FunctionParser {
  /** The blocks whose end is not written yet, the function's own body first. */
  readonly open: OpenBlock[] = [];
  readonly #frame: FunctionFrame;
  /** What stands before the function. */
  readonly #before: string;

  constructor(frame: FunctionFrame) {
    this.#frame = frame;
    this.#before = frame.owner === undefined ? "" : `${frame.owner} {\n`;
  }

  /**
   * Parses what `write` adds to the innermost block.
   * @param ending where it opens another one, what makes that one's statement whole
   */
  parse(write: (assembly: Assembly) => void, ending?: string): Step {
    const alone = this.#parseAmong(new Set(), write, ending);
    const names = new Set<string>();
    for (const node of alone.nodes)
      if (node.type === "Identifier" && this.open.some((block) => block.has(node.name))) names.add(node.name);
    return names.size > 0 ? this.#parseAmong(names, write, ending) : alone;
  }

  #parseAmong(names: ReadonlySet<string>, write: (assembly: Assembly) => void, ending?: string): Step {
    const assembly = new Assembly(this.#frame.place);
    assembly.own(this.#before);
    for (const block of this.open) {
      assembly.open(block.opening);
      assembly.own(block.label + block.declarations(names));
    }
    const around = assembly.braces.at(-1);
    assembly.own(this.open.at(-1)?.stub ?? "");
    const start = assembly.text.length;
    write(assembly);
    if (ending !== undefined) {
      assembly.open("");
      assembly.close(ending);
    }
    for (const block of this.open.toReversed()) assembly.close(block.ending);
    this.#endFrame(assembly);
    const nodes = assembly.parse();
    const { statements, label } = insideOf(nodes, around);
    return { assembly, nodes, start, statements: statements.filter(({ end }) => end > start), label };
  }

  /** Parses the function, once it is written. */
  parseWhole(text: string): void {
    const assembly = new Assembly(this.#frame.place);
    assembly.own(this.#before + text);
    this.#endFrame(assembly);
    assembly.parse();
  }

  #endFrame(assembly: Assembly): void {
    const { length } = this.#before;
    if (this.#frame.owner === undefined) {
      const isExport = this.#frame.header.startsWith("export ");
      assembly.expect(isExport ? "ExportNamedDeclaration" : "FunctionDeclaration", 0);
    } else {
      assembly.expect("MethodDefinition", length);
      assembly.own("\n}");
      assembly.expect("ClassBody", length - 2);
      assembly.expect("ClassDeclaration", 0);
    }
  }
}

/** What is in the block whose brace is at an offset. */
function insideOf(nodes: AnyNode[], brace = -1): Pick<Step, "statements" | "label"> {
  for (const node of nodes) {
    if (node.type === "BlockStatement" && node.start === brace) return { statements: node.body, label: "" };
    // The braces of a switch are no node of their own.
    if (node.type !== "SwitchStatement" || node.discriminant.end > brace || !node.cases[0]) continue;
    if (node.cases[0].start < brace) continue;
    const label = node.cases.some(({ test }) => !test) ? "default: " : "case 0: ";
    return { statements: node.cases.flatMap(({ consequent }) => consequent), label };
  }
  return { statements: [], label: "" };
}
