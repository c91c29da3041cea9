import { LeaseholdError, leaseholdErrorNames, type LeaseholdErrorName } from "../errors.js";
import { isCloneable } from "./cloneable.js";
import { DEEPEST_CAUSE } from "./guard.js";
import type { ErrorRecord, Thrown } from "./protocol.js";

const constructors = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const leaseholdNames: ReadonlySet<string> = new Set(leaseholdErrorNames);

/**
 * Turns anything thrown into data.
 * @param withStack whether the other side may see this side's stack
 */
export function toThrown(thrown: unknown, withStack: boolean, depth = 0): Thrown {
  try {
    if (thrown instanceof Error) return { error: toRecord(thrown, withStack, depth) };
    return { value: isCloneable(thrown) ? thrown : describe(thrown) };
  } catch {
    return { error: { name: "Error", message: "What was thrown cannot be read: looking at it throws." } };
  }
}

/** Turns the data back into what is to be thrown. */
export function fromThrown(thrown: Thrown): unknown {
  return "error" in thrown ? fromRecord(thrown.error) : thrown.value;
}

function toRecord(error: Error, withStack: boolean, depth: number): ErrorRecord {
  const { code, unit } = error as { code?: unknown; unit?: unknown };
  const record: ErrorRecord = { name: String(error.name), message: String(error.message) };
  if (typeof code === "string" || typeof code === "number") record.code = code;
  if (typeof unit === "string") record.unit = unit;
  if (withStack && error.stack !== undefined) record.stack = String(error.stack);
  if (depth < DEEPEST_CAUSE) {
    if (Object.hasOwn(error, "cause")) record.cause = toThrown(error.cause, withStack, depth + 1);
    if (error instanceof AggregateError) record.errors = error.errors.map((one) => toThrown(one, withStack, depth + 1));
  }
  const own = Object.entries(error).filter(([key, value]) => !(key in record) && key !== "cause" && isCloneable(value));
  if (own.length) record.own = Object.fromEntries(own);
  return record;
}

function fromRecord(record: ErrorRecord): Error {
  const error = construct(record);
  const define = (key: string, value: unknown, enumerable: boolean) =>
    Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true });
  if (error.name !== record.name) define("name", record.name, false);
  // Until its stack has been read once, an error holds the frames that it was made in, and through them the session.
  const { stack } = error;
  define("stack", record.stack ?? stack, false);
  if (record.cause && !Object.hasOwn(error, "cause")) define("cause", fromThrown(record.cause), false);
  if (record.code !== undefined && error.code !== record.code) define("code", record.code, true);
  for (const [key, value] of Object.entries(record.own ?? {})) if (!(key in error)) define(key, value, true);
  return error;
}

function construct(record: ErrorRecord): Error & { code?: string | number } {
  const { name, message, code, unit } = record;
  const cause = record.cause && { cause: fromThrown(record.cause) };
  if (leaseholdNames.has(name) && typeof code === "string") {
    return new LeaseholdError(name as LeaseholdErrorName, code, message, { unit, ...cause });
  }
  if (record.errors) return new AggregateError(record.errors.map(fromThrown), message, cause);
  const constructor = Object.hasOwn(constructors, name) ? constructors[name as keyof typeof constructors] : Error;
  return new constructor(message, cause);
}

function describe(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}
