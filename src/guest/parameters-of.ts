import { isClass, isNative } from "../remoting/index.js";
import { nesting, tokensOf } from "./source-tokens.js";

type AnyFunction = (...args: never[]) => unknown;

/**
 * The parameters of a function as they are written, without comments, e.g. `["a", "b = 2", "...rest"]`; those of a class are its
 * constructor's, be it inherited.
 * @returns undefined where nobody can tell: of native and bound functions
 */
export function parametersOf(value: AnyFunction): string[] | undefined {
  if (isNative(value)) return undefined;
  const source = Function.prototype.toString.call(value);
  if (!isClass(value)) return parametersIn(source);
  const start = findConstructor(source);
  if (start !== undefined) return listAt(source, start);
  const parent = Object.getPrototypeOf(value) as AnyFunction | null;
  return parent === null || parent === Function.prototype ? [] : parametersOf(parent);
}

function parametersIn(source: string): string[] {
  let depth = 0;
  let before = "";
  for (const { text, end, isSpace } of tokensOf(source)) {
    // A computed name may have brackets of any kind.
    if (depth === 0 && text === "(") return listAt(source, end - 1);
    if (depth === 0 && text === "=>") return [before];
    depth += nesting(text);
    if (!isSpace) before = text;
  }
  return [];
}

/** The items of a list in brackets. */
function listAt(source: string, start: number): string[] {
  const items: string[] = [];
  let item = "";
  let depth = 0;
  for (const { text, isSpace } of tokensOf(source, start)) {
    depth += nesting(text);
    const isEnd = depth === 0;
    if (isEnd || (depth === 1 && text === ",")) {
      items.push(item.trim());
      item = "";
    } else if (depth > 1 || text !== "(") item += isSpace ? " " : text;
    if (isEnd) break;
  }
  return items.filter((each) => each !== "");
}

/** What may stand before a member that is called `constructor` but is not the class's own. */
const NOT_OWN = new Set(["static", "get", "set", "async", "*", ".", "?.", "="]);

/** Where the parameters of a class's constructor begin. */
function findConstructor(source: string): number | undefined {
  let found: number | undefined;
  let depth = 0;
  let [last, before] = ["", ""];
  for (const { text, end, isSpace } of tokensOf(source)) {
    if (isSpace) continue;
    // What comes before the last brackets of all is an expression that the class extends.
    if (depth === 0 && text === "{") found = undefined;
    if (depth === 1 && text === "(" && /^["']?constructor["']?$/.test(last) && !NOT_OWN.has(before)) found ??= end - 1;
    depth += nesting(text);
    [before, last] = [last, text];
  }
  return found;
}
