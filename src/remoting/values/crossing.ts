import { isNative } from "./native.js";
import { isPlainObject } from "./plain-object.js";

/** How a value crosses a boundary. */
export type Crossing =
  | "array"
  | "plain"
  | "map"
  | "set"
  | "buffer"
  | "view"
  | "date"
  | "error"
  | "promise"
  | "signal"
  | "readable"
  | "writable"
  | "reference"
  /** Cloned by the platform, whole. */
  | "clone"
  /** Not at all. */
  | "refused";

/** Tags of the platform's own objects. What is not here stays where it is, the document above all. */
const platform: Record<string, Crossing> = {
  Array: "array",
  Map: "map",
  Set: "set",
  ArrayBuffer: "buffer",
  Date: "date",
  Error: "error",
  DOMException: "error",
  Promise: "promise",
  AbortSignal: "signal",
  ReadableStream: "readable",
  WritableStream: "writable",
};

/** Tags of those that structured clone copies whole. */
const CLONED =
  /^(RegExp|Boolean|Number|String|BigInt|SharedArrayBuffer|Blob|File|FileList|ImageData|ImageBitmap|VideoFrame|AudioData|DOM(Point|Rect|Matrix|Quad)(ReadOnly)?|CryptoKey|MessagePort|TransformStream|OffscreenCanvas|WebAssembly\.Module|FileSystem\w*Handle|RTC\w+|MediaSourceHandle)$/;

const ELEMENT = /^HTML\w*Element$/;

/** How an object (not a function) crosses, by what it is itself; its parts are looked at one by one. */
export function crossingOf(value: object): Crossing {
  if (isPlainObject(value)) return "plain";
  const prototype = Object.getPrototypeOf(value) as object;
  if (prototype === Array.prototype) return "array";
  if (ArrayBuffer.isView(value)) return "view";
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  // A class of one's own that extends one of these is still an error, a promise, a stream.
  if (value instanceof Error || value instanceof Promise) return value instanceof Error ? "error" : "promise";
  if (value instanceof ReadableStream || value instanceof WritableStream) return platform[tag] ?? "refused";
  // Another realm's is no instance of this one's Node; of its own elements the tag tells, as classes keep that.
  if (typeof Node === "function" && (value instanceof Node || ELEMENT.test(tag))) return "refused";
  const { constructor } = Object.hasOwn(prototype, "constructor") ? prototype : { constructor: undefined };
  if (typeof constructor !== "function") return isIterator(value) || !isNativeTag(tag) ? "reference" : "refused";
  if (!isNative(constructor)) return "reference";
  // Another realm's.
  if (Object.getPrototypeOf(prototype) === null) return "plain";
  const crossing = platform[tag] ?? (CLONED.test(tag) ? "clone" : undefined);
  return crossing ?? (isIterator(value) ? "reference" : "refused");
}

/** Functions that make code of a string, or reach into any object whatever it is: nobody is given a way to those. */
export function isTooMighty(value: unknown): boolean {
  return mighty.has(value);
}

/** Of those of Object and Reflect: what writes, calls, or leads on to prototypes and to what they have. */
const REACHING = /^(apply|assign|construct|create|define|delete|freeze|get|prevent|seal|set)/;

const mighty: ReadonlySet<unknown> = new Set([
  ...["Function", "eval", "setTimeout", "setInterval"].map((name) => Reflect.get(globalThis, name) as unknown),
  ...[async () => {}, function* () {}, async function* () {}].map(
    (one) => (Object.getPrototypeOf(one) as object).constructor,
  ),
  ...[Object, Reflect].flatMap((holder) =>
    Object.getOwnPropertyNames(holder).flatMap((name) => (REACHING.test(name) ? Reflect.get(holder, name) : [])),
  ),
]);

function isIterator(value: object): boolean {
  const { next } = value as { next?: unknown };
  return typeof next === "function" && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

/** Plain objects can be prototypes of others; those that the platform tags otherwise are its own. */
function isNativeTag(tag: string): boolean {
  return tag !== "Object";
}
