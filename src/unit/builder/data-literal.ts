import { isPropertyName } from "./names.js";
import type { Place } from "./place.js";
import { refusal } from "./refusal.js";

/** Characters up to which a list stays on one line. */
const LONGEST_LINE = 100;

/**
 * Writes plain data as an expression that makes the same: numbers of all kinds, strings, lists, objects, dates, regular expressions,
 * maps and sets, nested. What is in there twice becomes two things.
 * @param name of the data, for messages
 * @throws LeaseholdError "DataError" (`not-data`) that names where in the data it is not
 */
export function dataLiteral(data: unknown, name: string, place: Place): string {
  return new DataWriter(place).write(data, name);
}

class DataWriter {
  readonly #place: Place;
  /** What the value that is being written is in. */
  readonly #around = new Set<object>();

  constructor(place: Place) {
    this.#place = place;
  }

  write(value: unknown, path: string): string {
    switch (typeof value) {
      case "string":
        return stringLiteral(value);
      case "number":
        return Object.is(value, -0) ? "-0" : String(value);
      case "bigint":
        return `${value}n`;
      case "boolean":
      case "undefined":
        return String(value);
      case "object":
        return value === null ? "null" : this.#writeObject(value, path);
      default:
        throw this.#refuse(path, `is a ${typeof value}`);
    }
  }

  #writeObject(value: object, path: string): string {
    if (this.#around.has(value)) throw this.#refuse(path, "is what it is in, which makes a circle");
    this.#around.add(value);
    const literal = this.#literalOf(value, path);
    this.#around.delete(value);
    return literal;
  }

  #literalOf(value: object, path: string): string {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (Array.isArray(value)) return this.#list(value, path);
    if (prototype === Object.prototype || prototype === null) return this.#record(value, path);
    if (Reflect.ownKeys(value).some((key) => key !== "lastIndex"))
      throw this.#refuse(path, "has properties of its own");
    switch (prototype) {
      case Date.prototype:
        return dateLiteral(value as Date);
      case RegExp.prototype:
        return regExpLiteral(value as RegExp);
      case Map.prototype:
        return `new Map(${this.#entries([...(value as Map<unknown, unknown>)], path)})`;
      case Set.prototype:
        return `new Set(${this.#items([...(value as Set<unknown>)], path)})`;
      default:
        throw this.#refuse(path, "is an instance of a class");
    }
  }

  #list(list: unknown[], path: string): string {
    const isPlain = Object.getPrototypeOf(list) === Array.prototype;
    // The length is a key as well.
    if (!isPlain || Reflect.ownKeys(list).length !== list.length + 1)
      throw this.#refuse(path, "is a list with holes, or with properties of its own");
    return this.#items(list, path);
  }

  #items(items: unknown[], path: string): string {
    const written = items.map((item, index) => this.write(item, `${path}[${index}]`));
    return enclose("[", written, "]");
  }

  #entries(entries: [unknown, unknown][], path: string): string {
    const written = entries.map(([key, value], index) =>
      enclose("[", [this.write(key, `${path} key ${index}`), this.write(value, `${path} value ${index}`)], "]"),
    );
    return enclose("[", written, "]");
  }

  #record(record: object, path: string): string {
    const written = Reflect.ownKeys(record).map((key) => {
      const at = `${path}${typeof key === "string" && isPropertyName(key) ? `.${key}` : `[${key.toString()}]`}`;
      const { value, enumerable, get, set } = Object.getOwnPropertyDescriptor(record, key) as PropertyDescriptor;
      if (typeof key === "symbol" || !enumerable || get || set) throw this.#refuse(at, "is no ordinary property");
      return `${keyLiteral(key)}: ${this.write(value, at)}`;
    });
    if (Object.getPrototypeOf(record) === null) written.unshift("__proto__: null");
    return enclose("{", written, "}");
  }

  #refuse(path: string, what: string): Error {
    const advice = "Only plain data can be written down: make the rest where it is needed, in a function";
    return refusal("not-data", this.#place, `${path} ${what}. ${advice}.`);
  }
}

function enclose(open: string, items: string[], close: string): string {
  const space = open === "{" && items.length > 0 ? " " : "";
  const line = `${open}${space}${items.join(", ")}${space}${close}`;
  if (line.length <= LONGEST_LINE && !line.includes("\n")) return line;
  // No literal of a string has a line break in it, so that every line may be moved.
  return `${open}\n${items.map((item) => `  ${item.replaceAll("\n", "\n  ")},\n`).join("")}${close}`;
}

/** Every character that would not survive as UTF-8, or would look like the end of a line, is written as an escape. */
function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029\ufeff]/g, escape);
}

function keyLiteral(key: string): string {
  // Without the brackets it would be no property, but the object's prototype.
  if (key === "__proto__") return `["__proto__"]`;
  return isPropertyName(key) && !/[^ -~]/.test(key) ? key : stringLiteral(key);
}

function dateLiteral(date: Date): string {
  return Number.isNaN(date.getTime()) ? "new Date(NaN)" : `new Date(${JSON.stringify(date.toISOString())})`;
}

function regExpLiteral({ source, flags }: RegExp): string {
  // A backslash before such a character goes: before its escape it would stand for itself.
  const written = source.replace(/\\?[^]/gu, (each) =>
    /^\\?[\p{Surrogate}\ufeff]$/u.test(each) ? escape(each.slice(-1)) : each,
  );
  return `/${written}/${flags}`;
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
