import type { Queued } from "./outbox.js";
import { RemoteCall } from "./remote-call.js";

/**
 * Where some items can be sent as two messages: as near to their middle as may be, for a call can start from the result of another in
 * one message with it alone. 0 where they cannot.
 */
export function middleOf(items: readonly Queued[]): number {
  const positions = new Map(items.map((item, position) => [item, position]));
  const middle = items.length / 2;
  let best = 0;
  let needed = items.length;
  for (let at = items.length - 1; at > 0; at--) {
    const item = items[at] as Queued;
    const needs = item instanceof RemoteCall ? item.needs : undefined;
    for (const need of needs ?? []) needed = Math.min(needed, positions.get(need) ?? needed);
    if (needed >= at && Math.abs(at - middle) < Math.abs(best - middle)) best = at;
  }
  return best;
}
