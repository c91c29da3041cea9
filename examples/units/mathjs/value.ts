import type { MathJsInstance } from "mathjs";

/** An answer as plain data. What JavaScript has no data type for is text: "3 + 4i", "5.08 cm". */
export type Value = null | boolean | number | string | Value[] | { [name: string]: Value };

/** Turns what math.js computes with into what can cross a boundary. */
export function toValue(result: unknown, math: MathJsInstance): Value {
  if (result === undefined || result === null) return null;
  if (typeof result === "number" || typeof result === "string" || typeof result === "boolean") return result;
  if (Array.isArray(result)) return result.map((item) => toValue(item, math));
  if (math.isMatrix(result)) return toValue(result.toArray(), math);
  if (math.isResultSet(result)) return toValue(result.entries, math);
  if (Object.getPrototypeOf(result) === Object.prototype) {
    return Object.fromEntries(Object.entries(result).map(([name, item]) => [name, toValue(item, math)]));
  }
  return math.format(result, { precision: 14 });
}
