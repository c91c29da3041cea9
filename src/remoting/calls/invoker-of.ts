import { handlerOf } from "./handler.js";
import type { Invoker } from "./invoker.js";
import { RemoteRoot } from "./remote-root.js";

/** Who takes the operations on something that was received from another side; undefined for anything else, and for what was let go of. */
export function invokerOf(value: unknown): Invoker | undefined {
  const handler = handlerOf(value);
  const invoker = handler instanceof RemoteRoot ? handler.invoker() : undefined;
  return invoker?.refusal ? undefined : (invoker?.behind ?? invoker);
}
