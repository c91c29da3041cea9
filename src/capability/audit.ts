import { sizeOf } from "./size-of.js";

/** One use of a capability, as it is told of once it is over. */
export interface CapabilityUse {
  /** Name of the capability. */
  capability: string;
  /** Name of the unit that used it, which may be one that is linked with the unit whose domain it is. */
  by: string;
  /** The member; "" of a capability that is a function. */
  method: string;
  /** When it began; epoch ms. */
  time: number;
  /** Milliseconds. */
  duration: number;
  /** About how many bytes its arguments and its result are. */
  bytes: number;
  /** What was thrown, if something was; or that the unit has gone before. */
  error?: unknown;
}

/**
 * Runs a use of a capability, and tells of it when it is over, or when the unit has gone: a service may never end one.
 * @param gone aborts then
 * @returns what `act` returns
 */
export function audit(
  use: Pick<CapabilityUse, "capability" | "by" | "method">,
  args: unknown[],
  act: () => unknown,
  tell: (use: CapabilityUse) => void,
  gone: AbortSignal,
): unknown {
  const time = Date.now();
  const since = performance.now();
  const sent = sizeOf(args);
  const leave = (): void => over({ error: gone.reason });
  let isOver = false;
  const over = (outcome: { result: unknown } | { error: unknown }): void => {
    if (isOver) return;
    isOver = true;
    gone.removeEventListener("abort", leave);
    const { result, ...rest } = { result: undefined, ...outcome };
    tell({ ...use, time, duration: performance.now() - since, bytes: sent + sizeOf(result), ...rest });
  };
  try {
    const result = act();
    // Not of whatever has a `then`: to ask a remote for it is a call.
    if (result instanceof Promise) {
      gone.addEventListener("abort", leave);
      result.then(
        (value) => over({ result: value }),
        (error: unknown) => over({ error }),
      );
    } else over({ result });
    return result;
  } catch (error) {
    over({ error });
    throw error;
  }
}
