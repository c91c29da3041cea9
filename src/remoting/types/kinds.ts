/** What is never an object. */
export type Primitive = string | number | bigint | boolean | symbol | null | undefined | void;

export type AnyFunction = ((...args: never) => unknown) | (abstract new (...args: never) => unknown);

/** The platform's own objects that arrive as what they were: copied, or transferred where that is their only way. */
export type Cloned =
  | Date
  | RegExp
  | ArrayBuffer
  | SharedArrayBuffer
  | ArrayBufferView
  | Platform<
      | "Blob"
      | "FileList"
      | "ImageData"
      | "ImageBitmap"
      | "OffscreenCanvas"
      | "VideoFrame"
      | "AudioData"
      | "DOMPointReadOnly"
      | "DOMRectReadOnly"
      | "DOMMatrixReadOnly"
      | "DOMQuad"
      | "CryptoKey"
      | "FileSystemHandle"
      | "MessagePort"
      | "AbortSignal"
      | "ReadableStream"
      | "WritableStream"
      | "TransformStream"
    >;

/** The platform's own objects that can neither be copied nor be meant by reference. */
export type Refused = Platform<
  "Node" | "Window" | "Event" | "URL" | "URLSearchParams" | "Headers" | "FormData" | "Request" | "Response"
>;

/** These as well; but a Map has all members of a WeakMap, so they are to be looked for after it. */
export type Weak = WeakMap<WeakKey, unknown> | WeakSet<WeakKey> | WeakRef<WeakKey>;

/**
 * Instances of a global class. Where the program was compiled without the library that declares it, which is so for a
 * worker's or for Node.js, there are none: written by its name the class would be `any` then, and with it all else.
 */
type Platform<Name extends string> = Name extends unknown
  ? typeof globalThis extends { [K in Name]: { prototype: infer Instance } }
    ? Instance
    : never
  : never;

export type IsAny<V> = 0 extends 1 & V ? true : false;

/**
 * A record of which only is known that it has members counts as any object, so that whoever takes the remote of one takes
 * every remote: an interface is no `Record<string, unknown>`.
 */
export type Known<T> = string extends keyof T ? (unknown extends T[string & keyof T] ? object : T) : T;

/** Errors keep their class. Data that happens to have a name and a message is none: it has no stack. */
export type IsError<V> = V extends Error ? ("stack" extends keyof V ? true : false) : false;
