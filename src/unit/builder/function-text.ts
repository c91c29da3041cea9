import type { AnyNode, Pattern } from "acorn";
import { declaredNames } from "./declared-names.js";
import { FunctionParser, type FunctionFrame, type Step } from "./function-parser.js";
import { indent } from "./indent.js";
import { checkVariableName } from "./names.js";
import { OpenBlock, unfinished } from "./open-block.js";
import type { Place } from "./place.js";
import { refusal } from "./refusal.js";
import { lacksSemicolon, stubOf } from "./statements.js";
import { syntaxError } from "./syntax-error.js";

/**
 * A function as it is being written. What stands in it always parses, once what is open is closed; a step that throws has added
 * nothing. What is accepted is formatted: its lines are moved, and a semicolon that was left out at its end is set, so that the next
 * step cannot go on with it.
 */
export class FunctionText {
  readonly #frame: FunctionFrame;
  readonly #parser: FunctionParser;
  #text: string;

  /** @throws LeaseholdError "DataError" (`syntax-error`) for a fault in the parameters */
  constructor(frame: FunctionFrame, parameters: readonly string[]) {
    this.#frame = frame;
    this.#parser = new FunctionParser(frame);
    const given = parameters.map((each) => normalized(each, frame.place));
    this.#checkParameters(given);
    const opening = `${frame.header}(${given.join(", ")}) {`;
    this.#parser.open.push(new OpenBlock(opening, true));
    this.#text = `${opening}\n`;
  }

  /** How many of its blocks are open, its own body among them. */
  get depth(): number {
    return this.#parser.open.length;
  }

  /**
   * Adds statements.
   * @param role what the text is called in messages
   * @throws LeaseholdError "DataError" (`syntax-error`)
   */
  add(text: string, role: string): void {
    const given = normalized(text, this.#frame.place);
    const step = this.#parser.parse((assembly) => assembly.given(given, role));
    const last = step.statements.at(-1);
    this.#append(given, step, last && lacksSemicolon(last, step.assembly.text) ? last.end : undefined);
  }

  /**
   * Adds a constant variable.
   * @throws LeaseholdError "DataError" (`invalid-name`, `syntax-error`)
   */
  addLocal(name: string, expression: string): void {
    checkVariableName(name, this.#frame.place);
    const given = normalized(expression, this.#frame.place);
    const head = `const ${name} = `;
    const step = this.#parser.parse((assembly) => {
      const start = assembly.text.length;
      assembly.own(head);
      assembly.given(given, "the expression");
      assembly.own("\n;");
      assembly.expect("VariableDeclaration", start);
    });
    const [first, second] = step.statements.flatMap((node) =>
      node.type === "VariableDeclaration" ? node.declarations : [],
    );
    if (second) throw step.assembly.fault(second.start, "This is another variable");
    this.#append(head + given, step, first?.end);
  }

  /**
   * Adds a block that `write` fills.
   * @throws LeaseholdError "DataError" (`syntax-error`), and what `write` throws
   */
  addBlock(head: string, write: () => void): void {
    const outer = this.#inner;
    // A line break at its end would end some statements before the brace; there is none in what is written.
    const given = normalized(head, this.#frame.place).trimEnd();
    const word = given.trimStart();
    const lack = unfinished.get(word);
    const step = this.#parser.parse((into) => {
      into.given(given, "the head");
      into.own(" {");
    }, lack?.ending ?? "");
    const { assembly, nodes, statements } = step;
    const last = statements.at(-1);
    const brace = assembly.braces.at(-1);
    const isTop = nodes.some((node) => "params" in node && node.body.start === brace);
    const block = new OpenBlock(`${outer.stub}${word} {`, isTop, lack?.ending);

    const { length } = this.#parser.open;
    const text = this.#text;
    try {
      const goesOn = outer.wrote === "block" && /^(else|catch|finally)\b/.test(word);
      this.#text = goesOn ? `${text.slice(0, -1)} ` : text + "  ".repeat(this.#depth);
      this.#text += word === "" ? "{\n" : `${word} {\n`;
      this.#parser.open.push(block);
      write();
      this.#close();
    } catch (error) {
      this.#parser.open.length = length;
      this.#text = text;
      throw error;
    }
    this.#text += last && lacksSemicolon(last, assembly.text) ? ";\n" : "\n";
    outer.declare(block.variables);
    this.#added(step);
    outer.wrote = "block";
    outer.last = lack;
    outer.stub = lack?.stub ?? outer.stub;
  }

  /**
   * Ends it.
   * @returns its text, to stand at the depth it was written for
   * @throws LeaseholdError "DataError" (`syntax-error`)
   */
  end(): string {
    this.#close();
    this.#parser.parseWhole(this.#text);
    return this.#text;
  }

  get #inner(): OpenBlock {
    return this.#parser.open.at(-1) as OpenBlock;
  }

  /** In steps of two spaces. */
  get #depth(): number {
    return this.#parser.open.length + (this.#frame.owner === undefined ? 0 : 1);
  }

  #checkParameters(parameters: string[]): void {
    const { place, header } = this.#frame;
    let starts: number[] = [];
    const { assembly, nodes } = this.#parser.parse((into) => {
      into.own(`${header}(`);
      starts = parameters.map((each, index) => {
        if (index > 0) into.own(", ");
        return into.given(each, parameters.length > 1 ? `parameter ${index + 1}` : "the parameter");
      });
      into.own(") {");
    }, "");
    const patterns = parametersAt(nodes, assembly.braces[0] as number);
    parameters.forEach((text, index) => {
      const from = starts[index] as number;
      const pattern = patterns[index];
      const isInside = pattern && pattern.start >= from && pattern.end <= from + text.length;
      const end = isInside ? pattern.end - from : 0;
      if (isInside && isBlank(text.slice(0, pattern.start - from)) && isBlank(text.slice(end))) return;
      throw syntaxError(place, { text, role: `parameter ${index + 1}` }, end, "Each text has to be one parameter");
    });
  }

  /** @param end where the last statement ends, if its semicolon was left out */
  #append(text: string, step: Step, end: number | undefined): void {
    const { nodes, start } = step;
    const at = end === undefined ? text.length : end - start;
    const whole = text.slice(0, at) + (end === undefined ? "" : ";") + text.slice(at);
    const ranges = nodes
      .filter(({ type }) => type === "TemplateElement" || type === "Literal")
      .map((node) => ({ start: node.start - start, end: node.end - start }))
      .filter((range) => range.start >= 0 && whole.slice(range.start, range.end).includes("\n"));
    this.#text += `${indent(whole, this.#depth, ranges)}\n`;
    this.#added(step);
    this.#inner.wrote = "text";
  }

  /** Notes what decides about the next step. */
  #added({ statements, label }: Step): void {
    const block = this.#inner;
    block.label = label;
    for (const statement of statements) block.declare(declaredNames(statement, block.isTop));
    const last = statements.at(-1);
    if (!last) return;
    block.stub = stubOf(last);
    block.last = undefined;
  }

  #close(): void {
    const { last, wrote } = this.#inner;
    if (last) {
      const given = { text: last.stub.replace(" {} ", ""), role: "the head" };
      throw syntaxError(this.#frame.place, given, given.text.length, last.fault);
    }
    this.#parser.open.pop();
    this.#text = wrote === "nothing" ? `${this.#text.slice(0, -1)}}` : `${this.#text}${"  ".repeat(this.#depth)}}`;
  }
}

/** The parameters of the function whose body begins at an offset. */
function parametersAt(nodes: AnyNode[], body: number): Pattern[] {
  const found = nodes.find((node) => "params" in node && node.body.start === body);
  return found && "params" in found ? found.params : [];
}

/** Whether there is nothing in a text but comments. */
function isBlank(text: string): boolean {
  return text.replace(/\/\*[^]*?\*\//g, "").trim() === "";
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
