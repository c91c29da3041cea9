import { evaluate } from "./evaluate.js";
import type { ImportText } from "./import-text.js";

/**
 * Makes a function of its source, in strict mode and outside of everything: at once, or, where a policy forbids `eval`, as a module
 * by Blob URL.
 * @param name what stack traces call its file
 */
export function compileFunction(source: string, name: string, importText: ImportText): unknown {
  try {
    return firstThatParses(source, (expression) => evaluate(`"use strict";${expression}\n//# sourceURL=${name}`));
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    return importFunction(source, name, importText);
  }
}

async function importFunction(source: string, name: string, importText: ImportText): Promise<unknown> {
  const load = async (expression: string): Promise<unknown> =>
    (await importText(`export default ${expression}\n//# sourceURL=${name}`))["default"];
  const [plain, asMethod] = expressions(source);
  return load(plain).catch((error: unknown) => {
    if (error instanceof SyntaxError) return load(asMethod);
    throw error;
  });
}

function firstThatParses(source: string, make: (expression: string) => unknown): unknown {
  const [plain, asMethod] = expressions(source);
  try {
    return make(plain);
  } catch (error) {
    if (error instanceof SyntaxError) return make(asMethod);
    throw error;
  }
}

/** A function's source is an expression, but for a method's, which needs its object. */
function expressions(source: string): [plain: string, asMethod: string] {
  return [`(${source})`, `Object.values({${source}})[0]`];
}
