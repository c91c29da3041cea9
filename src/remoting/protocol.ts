/**
 * What travels on a domain's one port. Types only; `guard.ts` turns unknown data into them.
 *
 * Comlink carries one kind of request, `run(first, operations)`, in both directions, and its answer. `first` is the number of
 * the first operation, the next ones have the next numbers, from 0 over a session's life: what was forged, lost or sent twice is
 * seen. On the port itself a request or answer is a `Packet`; see `endpoints.ts`.
 */

/** One message: all operations of one flush, or the answer to them. */
export type Packet = [type: Request | Reply, first: number, ...content: unknown[]];

/** Types of packet: a request's content is its operations, a reply's is an `Answer`. */
export type Request = 0;
export type Reply = 1;

/** Kinds of operation. */
export type Get = 0;
export type Call = 1;
export type Settle = 2;

/** Number of an exposed object. What each one is belongs to the two ends; see `guest-interface.ts` for a domain's. */
export type Target = number;

/** Where in the target: a member's name, or names that lead to it. */
export type MemberPath = string | string[];

/** On the port: a path, or the index of the operation of the same chunk whose path it shares. Thousands often do. */
export type WirePath = MemberPath | number;

/** One step of a chunk. The first two have a result; `Settle` delivers one that came too late for its chunk's answer. */
export type Operation =
  | [kind: Get, target: Target, path: WirePath]
  | [kind: Call, target: Target, path: WirePath, ...args: unknown[]]
  | [kind: Settle, id: number, succeeded: boolean, value: unknown];

/**
 * What became of a chunk: a value for each operation in order; those that failed, by index; and the indexes of those that
 * were still running, whose results follow as `Settle` operations, so that a slow call delays no other.
 */
export type Answer = [values: unknown[], failures?: [index: number, thrown: Thrown][], late?: number[]];

/** Anything thrown: an Error as a record, any other value as it is. */
export type Thrown = { error: ErrorRecord } | { value: unknown };

/** An Error as data. */
export interface ErrorRecord {
  name: string;
  message: string;
  code?: string | number;
  stack?: string;
  /** Of a LeaseholdError. */
  unit?: string;
  cause?: Thrown;
  /** Of an AggregateError. */
  errors?: Thrown[];
  /** Own enumerable properties that can be cloned. */
  own?: Record<string, unknown>;
}
