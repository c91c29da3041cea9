import { closest, distance } from "fastest-levenshtein";
import * as v from "valibot";

/** Faults that are listed by name; of data that is something else altogether, a few say enough. */
const MOST_FAULTS = 20;

export const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Schema of anything that has keys. */
export const object = v.custom<object>(isObject, "must be an object");

/** Schema of any text but the empty one. */
export const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));

/** @param whole what to call data that is at fault itself */
export function describe(issue: v.BaseIssue<unknown>, whole: string): string {
  const where = v.getDotPath(issue) ?? whole;
  return `${where}: ${issue.received === "undefined" ? "is missing" : issue.message}`;
}

/** A fault for each key that there is none of, with the one that is meant. */
export function unknownAmong(data: unknown, known: string[], where: string): string[] {
  if (!isObject(data)) return [];
  return Object.keys(data)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = closest(key.slice(0, 50), known);
      const isNear = distance(near, key.slice(0, 50)) <= Math.max(1, key.length / 3);
      const hint = isNear ? `did you mean "${near}"?` : `there are ${known.join(", ")}.`;
      return `${where}${shorten(key, 50)}: unknown key; ${hint}`;
    });
}

/** Faults, one a line. */
export function listed(faults: string[]): string {
  const lines = faults.slice(0, MOST_FAULTS).map((fault) => `\n- ${shorten(fault, 300)}`);
  if (faults.length > MOST_FAULTS) lines.push(`\n- … and ${faults.length - MOST_FAULTS} more`);
  return lines.join("");
}

export function shorten(line: string, length: number): string {
  return line.length > length ? `${line.slice(0, length)}…` : line;
}
