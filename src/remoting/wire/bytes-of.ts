/** Bytes that an array, an object, a Map or a Set takes beside its places, and each of those; reading that takes as long as for text. */
const CONTAINER = 96;
const PLACE = 16;
/** What takes longer to make than its content is large. */
const VIEW = 512;
const ERROR = 1024;

/** Bytes of a buffer that are read in the time of one of text; to move it between processes is to copy it. */
const BUFFER = 2;

/** Containers up to which it costs less to look at some twice than to remember all. */
const FEW = 512;

/** Characters from which on it is worth knowing whether each takes two bytes. */
const LONG = 1 << 16;

/**
 * How large a message is by the time that it takes to be read: as many bytes as text would have that takes as long, about.
 * @param message data, as structured clone has made it or is about to
 * @param most it need not be known any further
 */
export function bytesOf(message: object, most: number): number {
  const quick = new Measure(most);
  if (quick.isDone(message)) return quick.bytes;
  // What is in several places was counted as often, or there is too much for that.
  const thorough = new Measure(most, new Set());
  thorough.isDone(message);
  return thorough.bytes;
}

class Measure {
  bytes = 0;
  readonly #most: number;
  readonly #seen: Set<object> | undefined;
  readonly #left: object[] = [];

  constructor(most: number, seen?: Set<object>) {
    this.#most = most;
    this.#seen = seen;
  }

  /** Whether all was looked at, and none of it twice; where nothing is remembered, what seems too much may not be. */
  isDone(message: object): boolean {
    this.#left.push(message);
    for (let containers = 0; this.#left.length > 0; containers++) {
      if (this.bytes > this.#most || (containers > FEW && !this.#seen)) return false;
      const part = this.#left.pop() as object;
      if (this.#seen?.has(part)) continue;
      this.#seen?.add(part);
      this.#addContainer(part);
    }
    return this.bytes <= this.#most;
  }

  #addContainer(part: object): void {
    this.bytes += CONTAINER;
    if (Array.isArray(part)) this.#addArray(part);
    else if (part instanceof ArrayBuffer) this.bytes += part.byteLength / BUFFER;
    else if (ArrayBuffer.isView(part)) {
      this.bytes += VIEW;
      this.#left.push(part.buffer);
    } else if (part instanceof Map) {
      for (const [key, value] of part) {
        this.#add(key);
        this.#add(value);
        if (this.bytes > this.#most) return;
      }
    } else if (part instanceof Set) {
      for (const member of part) {
        this.#add(member);
        if (this.bytes > this.#most) return;
      }
    } else {
      if (part instanceof Error) {
        this.bytes += ERROR;
        this.#add(part.message);
        this.#add(part.stack);
      }
      this.#addOwn(part);
    }
  }

  #addArray(array: unknown[]): void {
    // A longer one may have next to nothing in it, and nobody has the time to look at each place.
    if (array.length * PLACE > this.#most && !isDense(array)) return this.#addOwn(array);
    this.bytes += array.length * PLACE;
    for (let at = 0; at < array.length && this.bytes <= this.#most; at++) {
      const value = array[at];
      // Most are, and a call for each would cost as much as all else.
      if (typeof value !== "number") this.#addContent(value);
    }
  }

  #addOwn(object: object): void {
    for (const key in object) {
      this.bytes += key.length;
      this.#add((object as Record<string, unknown>)[key]);
      if (this.bytes > this.#most) return;
    }
  }

  #add(value: unknown): void {
    this.bytes += PLACE;
    this.#addContent(value);
  }

  #addContent(value: unknown): void {
    if (typeof value === "string") this.bytes += lengthOf(value);
    else if (typeof value === "bigint") this.bytes += digitsOf(value);
    else if (typeof value === "object" && value !== null) this.#left.push(value);
  }
}

function lengthOf(text: string): number {
  return text.length > LONG && /[^\0-\xff]/.test(text) ? 2 * text.length : text.length;
}

/** Bytes of a number that may be as long as a book. */
function digitsOf(value: bigint): number {
  return BigInt.asIntN(64, value) === value ? 8 : value.toString(16).length / 2;
}

/** Whether an array has something in most of its places, going by some of them. */
function isDense(array: unknown[]): boolean {
  const step = Math.ceil(array.length / 64);
  let found = 0;
  for (let at = 0; at < array.length; at += step) if (at in array) found++;
  return found > 32;
}
