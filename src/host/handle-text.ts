import { LeaseholdError } from "../errors.js";

/** What a handle names. */
export interface HandleTarget {
  /** Id of the unit. */
  unit: string;
  /** Which of the loads of units with that id. */
  serial: number;
  path: string;
}

const HANDLE = /^unit:\/\/\/(.+)\/(\d+)#(.+)$/;
const LONGEST_SHOWN = 100;

/** E.g. `unit:///chart@2.1.0/7#Point.length`. */
export function handleText({ unit, serial, path }: HandleTarget): string {
  return `unit:///${encodeURI(unit).replaceAll("#", "%23")}/${serial}#${encodeURIComponent(path)}`;
}

/** @throws LeaseholdError "DataError" (`not-a-handle`) */
export function parseHandle(text: string): HandleTarget {
  const [, unit, serial, path] = HANDLE.exec(text) ?? [];
  try {
    if (unit && serial && path) {
      return { unit: decodeURIComponent(unit), serial: Number(serial), path: decodeURIComponent(path) };
    }
  } catch {
    // A percent sign that encodes nothing.
  }
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  const message = `"${shown}" is no handle; what unit.handle() gave, or its text, is, e.g. "unit:///chart@2.1.0/7#Point.length".`;
  throw new LeaseholdError("DataError", "not-a-handle", message);
}
