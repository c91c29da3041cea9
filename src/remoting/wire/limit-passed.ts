import type { SessionLimit } from "../../policy/index.js";

/** A limit was passed; thrown where it is seen, and the session closes for it. */
export class LimitPassed extends Error {
  readonly limit: SessionLimit;
  /** How many there were instead of what the limit allows; or, in words, what was done. */
  readonly seen: number | string;

  constructor(limit: SessionLimit, seen: number | string) {
    super(limit);
    this.limit = limit;
    this.seen = seen;
  }
}
