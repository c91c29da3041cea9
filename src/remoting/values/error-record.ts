import { LeaseholdError, leaseholdErrorNames, type LeaseholdErrorName } from "../../errors.js";
import type { ErrorRecord } from "../wire/protocol.js";

const constructors = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const leaseholdNames: ReadonlySet<string> = new Set(leaseholdErrorNames);

/**
 * An Error as data. Its `cause`, `errors` and own properties are the very values; whoever sends the record encodes them.
 * @param showStack what the other side is shown of this side's stack; nothing where it is absent
 */
export function toRecord(error: Error, showStack: ((stack: string) => string) | undefined): ErrorRecord {
  // Who catches an error must not hold what threw it by a method that it happens to have. Of a class that only looks like one of
  // errors the stack is a property like any other.
  const isTold = ([key, value]: [string, unknown]): boolean => typeof value !== "function" && key !== "stack";
  const own = Object.fromEntries(Object.entries(error).filter(isTold));
  const record: ErrorRecord = { name: String(error.name), message: String(error.message), own };
  const stack = showStack && stackOf(error);
  if (showStack && stack !== undefined) record.stack = showStack(stack);
  if (Object.hasOwn(error, "cause")) record.cause = error.cause;
  if (error instanceof AggregateError) record.errors = [...(error.errors as unknown[])];
  return record;
}

/** The stack of an error, if it can be had: whoever threw it may have made anything of it, and that must not hide what was thrown. */
function stackOf(error: Error): string | undefined {
  try {
    return error.stack === undefined ? undefined : String(error.stack);
  } catch {
    return undefined;
  }
}

/** Makes the Error of a record, without what may have holes: `completeError` adds that. */
export function createError({ name, message, own, errors }: ErrorRecord): Error {
  const { code, unit } = own;
  if (leaseholdNames.has(name) && typeof code === "string") {
    return new LeaseholdError(name as LeaseholdErrorName, code, message, typeof unit === "string" ? { unit } : {});
  }
  if (errors) return new AggregateError([], message);
  const constructor = Object.hasOwn(constructors, name) ? constructors[name as keyof typeof constructors] : Error;
  return new constructor(message);
}

/** Gives an Error what else its record has. */
export function completeError(error: Error, record: ErrorRecord): void {
  const define = (key: string, value: unknown, enumerable: boolean) =>
    Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true });
  if (error.name !== record.name) define("name", record.name, false);
  // Until its stack has been read once, an error holds the frames that it was made in, and through them the session.
  const { stack } = error;
  define("stack", record.stack ?? stack, false);
  if ("cause" in record) define("cause", record.cause, false);
  if (record.errors) define("errors", record.errors, false);
  for (const [key, value] of Object.entries(record.own)) if (!(key in error)) define(key, value, true);
}
