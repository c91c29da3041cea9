import { LeaseholdError } from "../errors.js";

/** What a value counts for being there, whatever it is. */
const EACH = 8;
const CHARACTER = 2;
const INDEX = /^\d+$/;

/**
 * What a value counts in a storage, in bytes: see `StorageUsage`. Something that is in it twice is kept once, and counts once.
 * @throws LeaseholdError "DataError" (`not-storable`) that says what cannot be kept
 */
export function valueBytes(value: unknown): number {
  let bytes = 0;
  const seen = new Set<object>();
  // No recursion: how deep a value is, its sender decides.
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === "object" && next !== null) {
      if (seen.has(next)) continue;
      seen.add(next);
      bytes += ownBytes(next, left);
    } else bytes += primitiveBytes(next);
    bytes += EACH;
  }
  return bytes;
}

function primitiveBytes(value: unknown): number {
  if (typeof value === "string") return value.length * CHARACTER;
  if (typeof value === "bigint") return Math.ceil(value.toString(16).length / 2);
  if (typeof value === "function") throw notStorable("a function or a reference to something of another side's");
  if (typeof value === "symbol") throw notStorable("a symbol");
  return 0;
}

/** Counts an object without its parts, which are added to `left`. */
function ownBytes(value: object, left: unknown[]): number {
  if (value instanceof ArrayBuffer) return value.byteLength;
  if (value instanceof File) left.push(value.name);
  if (value instanceof Blob) return value.size + value.type.length * CHARACTER;
  if (value instanceof RegExp) return value.source.length * CHARACTER;
  if (value instanceof Date) return 0;
  if (ArrayBuffer.isView(value))
    left.push(value.buffer); // which is kept whole
  else if (value instanceof Map) for (const [key, each] of value) left.push(key, each);
  else if (value instanceof Set) for (const each of value) left.push(each);
  else if (value instanceof Error) left.push(value.name, value.message, value.stack, value.cause);
  else return namedBytes(value, left);
  return 0;
}

function namedBytes(value: object, left: unknown[]): number {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  const isList = Array.isArray(value);
  if (kind !== "Object" && !isList) throw notStorable(`a ${kind}`);
  let bytes = 0;
  for (const [name, each] of Object.entries(value)) {
    // A list has names, too, if somebody gave it some.
    if (!isList || !INDEX.test(name)) bytes += name.length * CHARACTER;
    left.push(each);
  }
  return bytes;
}

function notStorable(what: string): LeaseholdError {
  const message = `The storage cannot keep ${what}: set plain data, dates, Maps, Sets, buffers and blobs.`;
  return new LeaseholdError("DataError", "not-storable", message);
}
