import { giveBack, remotesIn } from "../calls/release.js";
import { Kind, type MemberPath } from "../wire/protocol.js";

/**
 * What a chunk's operations on another session's things send through here, to there and back: whoever gets it holds it from then on,
 * and here nobody has seen it. It is given back once it has arrived.
 */
export class PassedOn {
  readonly #operations = new Set<number>();
  readonly #remotes: object[] = [];

  /**
   * An operation is about something of another session's.
   * @param args as they came; results of other operations, which have come otherwise, are not in their places yet
   */
  begin(index: number, kind: number, path: MemberPath, args: unknown[]): void {
    this.#remotes.push(...remotesIn(args));
    // Who fetches a kept result gets what is here already; and a program may result in what it was given.
    const isFetched = kind === Kind.get && path.length === 0 && typeof path !== "string";
    if (!isFetched && kind !== Kind.plan) this.#operations.add(index);
  }

  /** Whether the result of an operation only goes through here. */
  has(index: number): boolean {
    return this.#operations.size > 0 && this.#operations.has(index);
  }

  /** The result of an operation has come, or what it failed with, and is answered. */
  add(index: number, result: unknown): void {
    if (this.has(index)) this.#remotes.push(...remotesIn(result));
  }

  /** Nothing in the chunk needs it any more. */
  giveBack(): void {
    for (const remote of this.#remotes.splice(0)) giveBack(remote);
  }
}
