/** Formulas, with math.js: units, matrices, complex numbers, and symbolic calculus. */
import { all, create } from "mathjs";
import { toValue, type Value } from "./value.js";

export type { Value } from "./value.js";

/** One line of a worksheet and what it comes to. */
export interface Line {
  source: string;
  /** The answer as a person would write it; absent when the line failed. */
  answer?: string;
  error?: string;
}

const math = create({ ...all });

/** What an expression comes to. Several, as lines of one text or as a list, share their variables and give a list. */
export function evaluate(expression: string | string[], variables: Record<string, Value> = {}): Value {
  const scope = new Map(Object.entries(variables));
  return toValue(
    Array.isArray(expression) ? expression.map((line) => math.evaluate(line, scope)) : math.evaluate(expression, scope),
    math,
  );
}

/** Works a sheet down line by line. A line sees what those above defined, and a faulty one does not stop the rest. */
export function worksheet(text: string): Line[] {
  const scope = new Map<string, unknown>();
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter(Boolean).map((source) => {
    try {
      return { source, answer: math.format(math.evaluate(source, scope), { precision: 14 }) };
    } catch (error) {
      return { source, error: error instanceof Error ? error.message : String(error) };
    }
  });
}

/** The derivative, as an expression. */
export function derivative(expression: string, variable = "x"): string {
  return math.derivative(expression, variable).toString();
}

/** A shorter expression of the same value, as far as math.js finds one. */
export function simplify(expression: string): string {
  return math.simplify(expression).toString();
}
