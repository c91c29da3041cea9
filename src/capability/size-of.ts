/** Parts of a value that are looked at; what is larger counts as what was seen. */
const MOST_PARTS = 100_000;

/** Bytes of what is no more than a number, and of what crosses by reference. */
const SMALL = 8;

/**
 * About how many bytes a value is when it is sent: buffers and Blobs exactly, strings by two a character, everything else
 * by eight. Runs no getter.
 */
export function sizeOf(value: unknown): number {
  const seen = new Set<unknown>();
  const queue = [value];
  let size = 0;
  for (let at = 0; at < queue.length && at < MOST_PARTS; at++) {
    const part = queue[at];
    if (typeof part === "string") size += 2 * part.length;
    else if (typeof part !== "object" || part === null) size += part === undefined ? 0 : SMALL;
    else if (!seen.has(part)) {
      seen.add(part);
      size += ownSize(part, queue);
    }
  }
  return size;
}

/** Of an object without its parts, which are queued: no more than are looked at, as an array with gaps may have any number. */
function ownSize(object: object, queue: unknown[]): number {
  if (object instanceof ArrayBuffer || ArrayBuffer.isView(object)) return object.byteLength;
  if (object instanceof Blob) return object.size;
  if (object instanceof Map) for (const entry of object) queue.push(...entry);
  else if (object instanceof Set) for (const entry of object) queue.push(entry);
  else if (Array.isArray(object)) for (const entry of object.slice(0, MOST_PARTS)) queue.push(entry);
  else if (isPlain(object)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(object))) queue.push(name, value);
  } else return SMALL;
  return 0;
}

function isPlain(object: object): boolean {
  const prototype = Object.getPrototypeOf(object) as object | null;
  return prototype === null || prototype === Object.prototype;
}
