/**
 * What travels on a session's one port. Types only; `guard.ts` and `parse-operations.ts` turn unknown data into them.
 *
 * Everything is flat, because structured clone charges by the object: a chunk of ten thousand calls of one member is one header
 * and a list of arguments.
 */

/** One message: all operations of one flush, or the answer to them. */
export type Packet = Request | Reply | Goodbye;

/**
 * `first` is the number of the first operation that has a result; the next ones have the next numbers, from 0 over a
 * session's life: what was forged, lost or sent twice is seen. A request of notices alone has no answer.
 */
export type Request = [
  type: 0,
  first: number,
  stream: unknown[],
  holes?: unknown[] | null,
  /** Indexes of the operations whose result nobody awaits: it is not sent back, unless it is no larger than its address. */
  quiet?: number[] | null,
];

/** The session is over. `why` is empty, or says which limit of the receiver's the sender would have passed: its name, and by what. */
export type Goodbye = [type: 2, first: 0, why: unknown[]];

/** What became of a chunk: a value for each operation that has one, in order. */
export type Reply = [
  type: 1,
  first: number,
  values: unknown[],
  holes?: unknown[] | null,
  /** Of those that failed: index, and what was thrown. */
  failures?: unknown[] | null,
  /** Indexes of those whose result is kept over there, as nobody awaits it. */
  kept?: number[] | null,
];

/**
 * One operation of a stream is either
 * `kind, target, path, argumentCount, times, ...arguments` – `times` operations of the same kind, target and path, with a
 * result each, their arguments one after another; the path is written out, or is the index of one of the request that was – or
 * `kind, id, first, second` – a notice, which has no result.
 */
export const NOTICE_LENGTH = 4;
export const HEADER_LENGTH = 5;

/** Kinds of operation that have a result. */
export const Kind = { get: 0, call: 1, construct: 2, set: 3, plan: 4 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/**
 * Kinds of notice, with their content:
 * settle(slot, succeeded, value): a promise of the sender's has settled, which is said once of each that was sent;
 * ignore(slot): a promise of the receiver's is not waited for any more; it is settled at once;
 * release(slot, received): so many occurrences of something of the receiver's are not held any more;
 * drop(number): the result of an operation, which was kept, is not wanted any more;
 * abort(slot, reason): a signal of the sender's has aborted;
 * forget(slot): a signal of the sender's is gone, and cannot abort any more.
 */
export const Notice = { settle: 5, release: 6, drop: 7, abort: 8, forget: 9, ignore: 10 } as const;
export type Notice = (typeof Notice)[keyof typeof Notice];

/**
 * What an operation is about: the number of an exposed object or of an exported one (its slot), or, negative, the result of
 * operation `-1 - target`.
 */
export type Target = number;

/** Number of the exposed object whose calls keep nothing loaded: through it the two ends of a session speak with each other. */
export const CONTROL: Target = 0;

/** Numbers below are for exposed objects, which are there from the start; slots begin here. */
export const FIRST_SLOT = 16;

/** Where in the target: a member's name, names that lead to it, or none for the target itself. */
export type MemberPath = string | string[];

/**
 * What cannot be cloned leaves a hole in the data, and a packet lists its holes flat: container, key, reference. The container
 * is the very object in the data: structured clone keeps the identity of what is in one message. In a Map the key is a key of
 * it; in a Set, and with `Ref.key`, it is the stand-in that the value replaces.
 */
export type Reference = [ref: number, ...content: unknown[]];

/**
 * Kinds of reference, with their content:
 * export(slot, traits, name): something of the sender's;
 * home(target): something of the receiver's own;
 * member(target, path, index): a member of that, for an argument of an operation (by index in its chunk), which fails where there is
 * none;
 * result(number, index): the result of an operation, for the argument of another (by index in its chunk);
 * promise(slot): settles by a notice;
 * signal(slot, isAborted, reason): aborts by a notice;
 * error(record): an Error as data, see `ErrorRecord`;
 * readable(slot), writable(slot): a stream, reached through an exported bridge;
 * handled(name, value): made by one of Comlink's transfer handlers;
 * kept(): stands for a result that came late and is kept over there, as nobody awaits it;
 * key(reference): stands for a key of a Map or a member of a Set.
 */
export const Ref = {
  export: 0,
  home: 1,
  result: 2,
  promise: 3,
  signal: 4,
  error: 5,
  readable: 6,
  writable: 7,
  handled: 8,
  key: 9,
  kept: 10,
  member: 11,
} as const;

/** What an exported thing is, as bits. */
export const Trait = { class: 1, object: 2, iterable: 4, asyncIterable: 8, iterator: 16, stream: 32 } as const;

/** An Error as data; its parts may have holes like any other data. */
export interface ErrorRecord {
  name: string;
  message: string;
  stack?: string;
  cause?: unknown;
  /** Of an AggregateError. */
  errors?: unknown[];
  /** Own enumerable properties. */
  own: Record<string, unknown>;
}
