import type { SessionLimit } from "../../policy/index.js";

/** A limit was passed; thrown where it is seen, and the session closes for it. */
export class LimitPassed extends Error {
  readonly limit: SessionLimit;
  /** What there was instead of what the limit allows. */
  readonly seen: number;

  constructor(limit: SessionLimit, seen: number) {
    super(limit);
    this.limit = limit;
    this.seen = seen;
  }
}
