import { trusted } from "../trusted.js";

/**
 * Makes a function of its source, in strict mode and outside of everything: at once, or, where a policy forbids `eval`, as a module
 * by Blob URL.
 * @param name what stack traces call its file
 */
export function compileFunction(source: string, name: string): unknown {
  try {
    return firstThatParses(source, (expression) => evaluate(`"use strict";${expression}\n//# sourceURL=${name}`));
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    return importFunction(source, name);
  }
}

async function importFunction(source: string, name: string): Promise<unknown> {
  const load = (expression: string): Promise<unknown> =>
    importText(`export default ${expression}\n//# sourceURL=${name}`);
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

function evaluate(text: string): unknown {
  // Called by another name, it sees nothing of the scope that it is called in.
  const evaluateOutside = Reflect.get(globalThis, "eval") as (script: string) => unknown;
  return evaluateOutside(trusted.script(text));
}

async function importText(text: string): Promise<unknown> {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return ((await import(/* @vite-ignore */ url)) as { default: unknown }).default;
  } finally {
    URL.revokeObjectURL(url);
  }
}
