import type { AnyNode, Pattern } from "acorn";
import { Assembly } from "./assembly.js";
import { indent } from "./indent.js";
import { checkVariableName } from "./names.js";
import type { Place } from "./place.js";
import { refusal } from "./refusal.js";
import { lacksSemicolon } from "./statements.js";
import { syntaxError } from "./syntax-error.js";

/** What stands around a function's parameters and body. */
export interface FunctionFrame {
  place: Place;
  /** What stands before its parameters, e.g. "export function grade". */
  header: string;
  /** The beginning of the class that it is a member of, e.g. "class Rule extends Base". */
  owner?: string;
}

/** A block whose end is not written yet. */
interface OpenBlock {
  /** Where its brace is in the function's text. */
  brace: number;
  /** The head of its last statement, where that is not whole yet: "try" or "do". */
  unfinished: keyof typeof endings | "";
}

/** What makes an unfinished statement whole. */
const endings = {
  try: { text: " finally {}", fault: "A try needs a catch or finally after it" },
  do: { text: " while (false);", fault: "A do needs a while after it" },
};

/** A function as it is being written. What stands in it always parses, once what is open is closed. A step that throws adds nothing. */
export class FunctionText {
  readonly #frame: FunctionFrame;
  readonly #before: string;
  readonly #open: OpenBlock[] = [];
  #text: string;

  /** @throws LeaseholdError "DataError" (`syntax-error`) for a fault in the parameters */
  constructor(frame: FunctionFrame, parameters: readonly string[]) {
    this.#frame = frame;
    this.#before = frame.owner === undefined ? "" : `${frame.owner} {\n`;
    this.#text = `${frame.header}(`;
    this.#writeParameters(parameters.map((each) => normalized(each, frame.place)));
  }

  /** How many of its blocks are open, its own body among them. */
  get depth(): number {
    return this.#open.length;
  }

  /**
   * Adds statements.
   * @param role what the text is called in messages
   * @throws LeaseholdError "DataError" (`syntax-error`)
   */
  add(text: string, role: string): void {
    const given = normalized(text, this.#frame.place);
    this.#attempt(() => {
      this.#inner.unfinished = "";
      const assembly = this.#begin();
      const start = assembly.given(given, role);
      const nodes = this.#parse(assembly);
      const last = this.#lastStatement(nodes);
      const isOpen = last !== undefined && last.end > start && lacksSemicolon(last, assembly.text);
      this.#append(given, start, nodes, isOpen ? last.end : undefined);
    });
  }

  /**
   * Adds a constant variable.
   * @throws LeaseholdError "DataError" (`invalid-name`, `syntax-error`)
   */
  addLocal(name: string, expression: string): void {
    checkVariableName(name, this.#frame.place);
    const given = normalized(expression, this.#frame.place);
    this.#attempt(() => {
      this.#inner.unfinished = "";
      const assembly = this.#begin();
      const start = assembly.text.length;
      const head = `const ${name} = `;
      assembly.own(head);
      assembly.given(given, "the expression");
      assembly.own("\n;");
      assembly.expect("VariableDeclaration", start);
      const nodes = this.#parse(assembly);
      const declarators = nodes.filter((node) => node.type === "VariableDeclaration" && node.start === start);
      const [first, second] = declarators.flatMap((node) => (node as { declarations?: AnyNode[] }).declarations ?? []);
      if (second) throw assembly.fault(second.start, "This is another variable");
      this.#append(head + given, start, nodes, first?.end);
    });
  }

  /**
   * Adds a block that `write` fills.
   * @throws LeaseholdError "DataError" (`syntax-error`), and what `write` throws
   */
  addBlock(head: string, write: () => void): void {
    const given = normalized(head, this.#frame.place);
    this.#attempt(() => {
      const outer = this.#inner;
      outer.unfinished = "";
      const assembly = this.#begin();
      assembly.given(given, "the head");
      assembly.own(" {");
      const word = given.trim();
      outer.unfinished = word === "try" || word === "do" ? word : "";
      this.#open.push({ brace: assembly.text.length - 1 - this.#before.length, unfinished: "" });
      this.#parse(assembly);

      const goesOn = /^(else|catch|finally)\b/.test(word) && this.#text.endsWith("}\n");
      this.#text = goesOn ? `${this.#text.slice(0, -1)} ` : this.#text + "  ".repeat(this.#depth - 1);
      this.#text += `${word} {`;
      this.#inner.brace = this.#text.length - 1;
      this.#text += "\n";
      write();
      this.#close();
      const nodes = this.#parse(this.#begin());
      const last = this.#lastStatement(nodes);
      const lacks =
        last?.end === this.#before.length + this.#text.length && lacksSemicolon(last, this.#before + this.#text);
      this.#text += lacks ? ";\n" : "\n";
    });
  }

  /**
   * Ends it.
   * @returns its text, to stand at the depth it was written for
   * @throws LeaseholdError "DataError" (`syntax-error`)
   */
  end(): string {
    this.#close();
    return this.#text;
  }

  get #inner(): OpenBlock {
    return this.#open.at(-1) as OpenBlock;
  }

  /** In steps of two spaces. */
  get #depth(): number {
    return this.#open.length + (this.#before ? 1 : 0);
  }

  #writeParameters(parameters: string[]): void {
    const { place } = this.#frame;
    const assembly = this.#begin();
    const starts = parameters.map((each, index) => {
      if (index > 0) assembly.own(", ");
      return assembly.given(each, parameters.length > 1 ? `parameter ${index + 1}` : "the parameter");
    });
    assembly.own(") {");
    this.#text = assembly.text.slice(this.#before.length);
    this.#open.push({ brace: this.#text.length - 1, unfinished: "" });
    const patterns = parametersAt(this.#parse(assembly), this.#before.length + this.#inner.brace);
    parameters.forEach((text, index) => {
      const from = starts[index] as number;
      const pattern = patterns.find(({ start }) => start >= from && start <= from + text.length);
      const behind =
        pattern &&
        text
          .slice(pattern.end - from)
          .replace(/\/\*[^]*?\*\//g, "")
          .trim();
      if (behind !== "")
        throw syntaxError(
          place,
          { text, role: `parameter ${index + 1}` },
          pattern ? pattern.end - from : 0,
          "Each text has to be one parameter",
        );
    });
    this.#text += "\n";
  }

  /** Has a step take all back that it has changed, where it throws. */
  #attempt(step: () => void): void {
    const text = this.#text;
    const open = this.#open.map((block) => ({ ...block }));
    try {
      step();
    } catch (error) {
      this.#text = text;
      this.#open.splice(0, Infinity, ...open);
      throw error;
    }
  }

  #begin(): Assembly {
    const assembly = new Assembly(this.#frame.place);
    assembly.own(this.#before + this.#text);
    return assembly;
  }

  /** Closes what is open, and parses the whole. */
  #parse(assembly: Assembly): AnyNode[] {
    const { length } = this.#before;
    for (const { brace, unfinished } of this.#open.toReversed()) {
      assembly.own(`${unfinished && endings[unfinished].text}\n}`);
      assembly.expect("BlockStatement", length + brace);
    }
    if (this.#frame.owner === undefined) {
      const isExport = this.#text.startsWith("export ");
      assembly.expect(isExport ? "ExportNamedDeclaration" : "FunctionDeclaration", 0);
    } else {
      assembly.expect("MethodDefinition", length);
      assembly.own("\n}");
      assembly.expect("ClassBody", length - 2);
      assembly.expect("ClassDeclaration", 0);
    }
    return assembly.parse();
  }

  /** @param end where the last statement ends, if its semicolon was left out */
  #append(text: string, start: number, nodes: AnyNode[], end: number | undefined): void {
    const at = end === undefined ? text.length : end - start;
    const whole = text.slice(0, at) + (end === undefined ? "" : ";") + text.slice(at);
    const ranges = nodes
      .filter(({ type }) => type === "TemplateElement" || type === "Literal")
      .map((node) => ({ start: node.start - start, end: node.end - start }))
      .filter((range) => range.start >= 0 && whole.slice(range.start, range.end).includes("\n"));
    this.#text += `${indent(whole, this.#depth, ranges)}\n`;
  }

  #close(): void {
    const { unfinished } = this.#inner;
    if (unfinished !== "") {
      const given = { text: unfinished, role: "the head" };
      throw syntaxError(this.#frame.place, given, unfinished.length, endings[unfinished].fault);
    }
    const { brace } = this.#open.pop() as OpenBlock;
    const isEmpty = brace === this.#text.length - 2;
    this.#text = isEmpty ? `${this.#text.slice(0, -1)}}` : `${this.#text}${"  ".repeat(this.#depth)}}`;
  }

  /** The last statement of the innermost block. */
  #lastStatement(nodes: AnyNode[]): AnyNode | undefined {
    const brace = this.#before.length + this.#inner.brace;
    for (const node of nodes) {
      if (node.type === "BlockStatement" && node.start === brace) return node.body.at(-1);
      if (node.type !== "SwitchStatement" || node.discriminant.end > brace || !node.cases[0]) continue;
      if (node.cases[0].start > brace) return node.cases.at(-1)?.consequent.at(-1);
    }
    return undefined;
  }
}

/** The parameters of the function whose body begins at an offset. */
function parametersAt(nodes: AnyNode[], body: number): Pattern[] {
  const found = nodes.find((node) => "params" in node && node.body.start === body);
  return found && "params" in found ? found.params : [];
}

/** Line breaks of one kind, as the language itself sees them in its literals. */
function normalized(text: string, place: Place): string {
  if (typeof text === "string") return text.replace(/\r\n?/g, "\n");
  throw refusal(
    "syntax-error",
    place,
    `source has to be a text, but is ${text === null ? "null" : `a ${typeof text}`}.`,
  );
}
