import { LeaseholdError } from "../errors.js";

/** Tags of the platform's own objects that structured clone copies whole. */
const CLONED =
  /^\[object (Date|RegExp|Boolean|Number|String|BigInt|ArrayBuffer|SharedArrayBuffer|DataView|\w+Array|Blob|File|FileList|ImageData|ImageBitmap|VideoFrame|AudioData|DOM(Point|Rect|Matrix|Quad)(ReadOnly)?|DOMException|Error|CryptoKey|MessagePort|(Readable|Writable|Transform)Stream|OffscreenCanvas|WebAssembly\.Module|FileSystem\w*Handle)\]$/;

/** Whether a value is copied as it is, with nothing in it to look at. */
export function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol");
}

/**
 * Refuses what structured clone would refuse, or would copy without its class: such a thing is not data.
 * @param what names the value for the message, e.g. `argument 2 of render()`
 * @throws LeaseholdError "DataError" (`not-cloneable`) that names the place inside the value
 */
export function requireCloneable(value: unknown, what: string): void {
  if (isPrimitive(value)) return;
  const fault = findFault(value, what, new Set());
  if (fault !== undefined) throw new LeaseholdError("DataError", "not-cloneable", fault);
}

/** Whether `requireCloneable` would accept the value. */
export function isCloneable(value: unknown): boolean {
  return findFault(value, "", new Set()) === undefined;
}

function findFault(value: unknown, where: string, seen: Set<object>): string | undefined {
  if (typeof value === "function") return `${where} is a function, which cannot be sent as data; send what it returns.`;
  if (typeof value === "symbol") return `${where} is a symbol, which cannot be sent; send a string.`;
  if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
  seen.add(value);
  if (Array.isArray(value)) return findFirst(value.entries(), (index) => `${where}[${String(index)}]`, seen);
  if (value instanceof Map) return findFirst(value.entries(), (key) => `${where}.get(${String(key)})`, seen);
  if (value instanceof Set) return findFirst(value.entries(), () => `${where} (a Set) has a member that`, seen);
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (isPlain) return findFirst(Object.entries(value), (key) => `${where}.${String(key)}`, seen);
  if (CLONED.test(Object.prototype.toString.call(value)) || value instanceof Error) return undefined;
  const name = (value as object).constructor?.name ?? "a class";
  return `${where} is an instance of ${name}, which would lose its class on the way; send a plain object.`;
}

function findFirst(
  entries: Iterable<[unknown, unknown]>,
  where: (key: unknown) => string,
  seen: Set<object>,
): string | undefined {
  for (const [key, value] of entries) {
    if (isPrimitive(value)) continue;
    const fault = findFault(value, where(key), seen);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
