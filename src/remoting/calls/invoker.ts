import type { Account } from "../../lifetime/index.js";
import type { Borrower } from "../tables/loan.js";
import type { Kind, MemberPath, Target } from "../wire/protocol.js";
import type { Handler } from "./handler.js";
import type { RemoteCall } from "./remote-call.js";

/** What an operation starts from: something exposed or exported, or the result of a call, which may not be there yet. */
export type Base = Target | RemoteCall;

/** Takes operations for the other side. */
export interface Invoker {
  /** Whether members may be assigned to. */
  readonly isWritable: boolean;
  /** Id of the unit that they are for, where it is one. */
  readonly unit?: string | undefined;
  /** Of one who takes none any more: makes the reason, for what a person calls the thing. */
  readonly refusal?: (label: string) => unknown;
  /** Of one with a gate before it: who takes the operations that pass; see `gated`. */
  readonly behind?: Invoker;
  /** Of such a one: why a plan may not capture what is at a path; undefined: it may. */
  planFault?(path: readonly string[]): Error | undefined;
  /** Puts the same gate before another. */
  gate?(invoker: Invoker): Invoker;
  /**
   * Records an operation; returns the promise of its result.
   * @param holder the unit that makes it; undefined: the page
   */
  invoke(kind: Kind, base: Base, path: MemberPath, args: readonly unknown[], holder?: Account): object;
  /** The proxy by which another session borrows what a handler is about. */
  lend?(handler: Handler, borrower: Borrower): object;
}
