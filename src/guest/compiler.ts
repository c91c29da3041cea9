import { LINKER } from "../unit-module.js";
import { LeaseholdError } from "../errors.js";
import type { Inside } from "../remoting/index.js";
import { evaluate } from "./evaluate.js";
import type { ImportText } from "./import-text.js";

/** What the guest's own lines find the linker by is for nobody else. */
const HIDING = `let ${LINKER};`;

export interface CompilerOptions {
  unit: string;
  /** What the addresses of the unit start with. */
  base: string;
  importText: ImportText;
  warn(message: string): void;
}

/**
 * Compiles functions for the page. None is kept here: once its remote is let go of, a function is garbage. Where a policy forbids
 * `eval`, each is a module instead, which the realm keeps.
 */
export function createCompiler({ unit, base, importText, warn }: CompilerOptions): Pick<Inside, "compile"> {
  let count = 0;
  let isEvalForbidden = false;

  const importFunction = async (text: string, address: string): Promise<unknown> => {
    const module = await importText(`${HIDING}export default ${text}\n//# sourceURL=${address}`).catch(
      (error: unknown) => {
        throw asSyntaxError(error, unit);
      },
    );
    return module["default"];
  };

  return {
    compile(parameters, body) {
      const name = `compiled/${++count}`;
      const address = `${base}${name}.js`;
      // Either may end with a comment.
      const text = `(function anonymous(${parameters.join()}\n) {\n${body}\n})`;
      if (!isEvalForbidden) {
        try {
          checkParts(parameters, body);
          return named(evaluate(`"use strict";${HIDING}${text}\n//# sourceURL=${address}`), name);
        } catch (error) {
          if (!(error instanceof EvalError)) throw asSyntaxError(error, unit);
          isEvalForbidden = true;
          warn(keptMessage(unit));
        }
      }
      return importFunction(text, address).then((late) => named(late, name));
    },
  };
}

/**
 * Parses the parameters and the body each by itself, so that neither can close its bracket early and go on as something else. The page
 * has looked at that, too, but by the rules of modules: what begins a comment in a script alone, it does not take for one.
 *
 * What the constructor makes is of no use: it is not strict, and made strict by a directive it takes no parameter with a default.
 */
function checkParts(parameters: string[], body: string): void {
  try {
    Reflect.construct(Function, [...parameters, body]);
  } catch (error) {
    // Where Trusted Types are enforced it takes no text, vouched for or not.
    if (!(error instanceof EvalError)) throw error;
    if (/<!--|-->/.test([...parameters, body].join("\n"))) throw new SyntaxError("Write <\\!-- and --\\> here");
  }
}

/** Gives a function the name that reports and stack traces show. */
function named(fn: unknown, name: string): unknown {
  return Object.defineProperty(fn as object, "name", { value: name, configurable: true });
}

function asSyntaxError(error: unknown, unit: string): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const message = `A function that was to be compiled in ${unit} is no JavaScript: ${error.message}. Mend its text.`;
  return new LeaseholdError("DataError", "syntax-error", message, { unit, cause: error });
}

const keptMessage = (unit: string): string =>
  `compile() of ${unit} has to import each function as a module, because the page's policy forbids eval here. The text ` +
  `of each stays in memory until the unit is unloaded: serve the frame document (frameUrl) with 'unsafe-eval', or unload the unit now and then.`;
