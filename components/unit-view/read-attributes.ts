import { LeaseholdError, type Grant, type Isolation } from "../../src/index.js";

const isolations: readonly string[] = ["frame", "worker", "realm"] satisfies Isolation[];

/** @throws LeaseholdError "LoadError" (`isolation-unknown`) */
export function readIsolation(text: string | null): Isolation {
  if (text === null) return "frame";
  if (isolations.includes(text)) return text as Isolation;
  const message = `isolation="${text}" is none of ${isolations.join(", ")}. A view needs "frame", which is the default.`;
  throw new LeaseholdError("LoadError", "isolation-unknown", message);
}

/**
 * A grant as it is, or read from JSON.
 * @throws LeaseholdError "LoadError" (`grant-invalid`)
 */
export function readGrant(value: Grant | string | null | undefined): Grant | undefined {
  if (typeof value !== "string") return value ?? undefined;
  try {
    const grant: unknown = JSON.parse(value);
    if (isGrant(grant)) return grant;
  } catch {
    // Told below, with what it should look like.
  }
  const message = `grant='${value}' is not a grant; write JSON such as {"network": ["https://api.example.com"]}.`;
  throw new LeaseholdError("LoadError", "grant-invalid", message);
}

function isGrant(value: unknown): value is Grant {
  return typeof value === "object" && value !== null && Object.values(value).every(isListOfText);
}

const isListOfText = (list: unknown): boolean =>
  Array.isArray(list) && list.every((entry) => typeof entry === "string");
