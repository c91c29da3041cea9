import { Kind } from "../wire/protocol.js";
import type { Handler } from "./handler.js";
import { release } from "./release.js";

/** Names under which the other side begins and ends an iteration; see `serving/member.ts`. */
export const ITERATE = "@@iterate";
export const RETURN = "@@return";

type Step = IteratorResult<unknown>;
type RemoteIterator = Record<"next" | typeof RETURN, (value?: unknown) => Promise<Step>>;

/** Iterates over something remote: one message each way for an item, as nothing may be produced that is not asked for. */
export function iterate(remote: Handler): AsyncIterableIterator<unknown> {
  const iterator = remote.invoker().invoke(Kind.call, remote.base, ITERATE, []) as RemoteIterator;
  const finish = (step: Step): Step => {
    if (step.done) release(iterator);
    return step;
  };
  return {
    next: async (value) => {
      try {
        return finish(await iterator.next(value));
      } catch (error) {
        release(iterator);
        throw error;
      }
    },
    return: async (value) => finish(await iterator[RETURN](value)),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
