import { parse } from "acorn";
import type { Place } from "./place.js";
import { refusal } from "./refusal.js";

/** What a literal of plain data is written with. */
const needed = new Set(["undefined", "NaN", "Infinity", "Date", "Map", "Set"]);

/**
 * Checks a name that is declared by a module.
 * @throws LeaseholdError "DataError" (`invalid-name`)
 */
export function checkModuleName(name: string, place: Place): void {
  checkVariableName(name, place);
  if (!needed.has(name) && name !== "then") return;
  const why =
    name === "then"
      ? "would make its module look like a promise"
      : "would hide the language's own, which data is written with";
  throw refusal("invalid-name", place, `"${name}" ${why}; choose another name.`);
}

/**
 * Checks a name that a variable is to have.
 * @throws LeaseholdError "DataError" (`invalid-name`)
 */
export function checkVariableName(name: string, place: Place): void {
  if (isVariableName(name)) return;
  const why = isPropertyName(name)
    ? "is a word of the language's own"
    : `is no name; write it like "total" or "lineCount"`;
  throw refusal("invalid-name", place, `${shown(name)} ${why}.`);
}

/**
 * Checks a name that a member of a class is to have.
 * @throws LeaseholdError "DataError" (`invalid-name`)
 */
export function checkMemberName(name: string, place: Place): void {
  if (isPropertyName(name)) return;
  throw refusal("invalid-name", place, `${shown(name)} is no name for a member; write it like "total" or "lineCount".`);
}

/** Whether it can be written after a dot, or before a colon, as it is. */
export function isPropertyName(name: unknown): name is string {
  return typeof name === "string" && /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name);
}

/** The parser knows which words are reserved. */
function isVariableName(name: unknown): boolean {
  return isPropertyName(name) && isModule(`const ${name} = 0;`);
}

/** Whether a text is one that the parser takes. */
export function isModule(text: string): boolean {
  try {
    parse(text, { ecmaVersion: "latest", sourceType: "module" });
    return true;
  } catch {
    return false;
  }
}

function shown(name: unknown): string {
  const text = typeof name === "string" ? JSON.stringify(name) : String(name);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
