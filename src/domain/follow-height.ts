/** Shrinking by no more than this is rounding, and following it makes frames shrink for ever (mcp-ui#215). */
const NEGLIGIBLE = 4;

/**
 * Decides which of the heights that a view reports its frame takes. What depends on the frame's own height is left out on
 * the other side already, by src/guest/view.ts, which sees both change.
 */
export function followHeight(apply: (height: number) => void): (reported: number) => void {
  let current: number | undefined;
  return (reported) => {
    if (!Number.isFinite(reported) || reported < 0) return;
    if (current !== undefined && reported <= current && reported >= current - NEGLIGIBLE) return;
    current = reported;
    apply(reported);
  };
}
