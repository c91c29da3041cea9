import type { FunctionFrame } from "./function-parser.js";
import { FunctionText } from "./function-text.js";

/**
 * Writes a function.
 * @param body statements, or what writes them
 * @throws LeaseholdError "DataError" (`syntax-error`)
 */
export function writeFunction(
  frame: FunctionFrame,
  parameters: readonly string[],
  body: string | ((text: FunctionText) => void),
): string {
  const text = new FunctionText(frame, parameters);
  if (typeof body === "function") body(text);
  else if (body !== "") text.add(body, "the body");
  return text.end();
}
