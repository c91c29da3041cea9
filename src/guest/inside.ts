import { LeaseholdError } from "../errors.js";
import type { Inside } from "../remoting/index.js";
import { compileFunction } from "./compile-function.js";
import type { ImportText } from "./import-text.js";

type Compiled = (exports: object, ...args: unknown[]) => unknown;

/**
 * Runs the page's functions with a unit's exports, each compiled once.
 * @param base what the addresses of the unit start with
 */
export function createInside(base: string, exports: object, importText: ImportText): Pick<Inside, "inside"> {
  const compiled = new Map<string, Compiled | Promise<Compiled>>();
  const compile = (source: string): Compiled | Promise<Compiled> => {
    let fn = compiled.get(source);
    if (!fn) {
      const name = `${base}inside/${compiled.size + 1}.js`;
      fn = compileFunction(source, name, importText) as Compiled | Promise<Compiled>;
      compiled.set(source, fn);
    }
    return fn;
  };
  return {
    inside(source, args) {
      const fn = compile(source);
      return fn instanceof Promise
        ? fn.then((late) => run(late, source, exports, args))
        : run(fn, source, exports, args);
    },
  };
}

function run(fn: Compiled, source: string, exports: object, args: unknown[]): unknown {
  try {
    const result = fn(exports, ...args);
    return result instanceof Promise
      ? result.catch((error: unknown) => Promise.reject(explained(error, source)))
      : result;
  } catch (error) {
    throw explained(error, source);
  }
}

/** Engines name a variable that is not there in one of two ways. */
const NOT_DEFINED = /^(?:(\S+) is not defined|Can't find variable: (\S+))$/;

function explained(error: unknown, source: string): unknown {
  const [, one, other] = (error instanceof ReferenceError && NOT_DEFINED.exec(error.message)) || [];
  const name = one ?? other;
  // A module of the unit may lack a variable, too.
  if (name === undefined || !source.includes(name)) return error;
  const message =
    `The function that was given to inside() uses "${name}", a variable around it, which is not there where it runs. ` +
    `Pass it as an argument: inside((exports, ${name}) => …, ${name}).`;
  return new LeaseholdError("DataError", "closes-over", message, { cause: error });
}
