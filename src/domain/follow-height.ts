/** Growing by the same amount this often in a row is what content does whose height depends on the frame's. */
const SUSPICIOUS = 8;
/** Shrinking by no more than this is rounding, and following it makes frames shrink for ever (mcp-ui#215). */
const NEGLIGIBLE = 4;

/**
 * Decides which of the heights that a view reports its frame takes.
 *
 * Content such as `calc(100vh + 20px)` grows because its frame did. So after a run of equal steps one is left out: a loop
 * then falls silent, while content that really grows reports again, and is followed again.
 */
export function followHeight(apply: (height: number) => void): (reported: number) => void {
  let current: number | undefined;
  let lastStep = 0;
  let run = 0;
  return (reported) => {
    if (!Number.isFinite(reported) || reported < 0) return;
    const step = reported - (current ?? reported);
    if (current !== undefined && step <= 0 && step >= -NEGLIGIBLE) return;
    run = step > 0 && step === lastStep ? run + 1 : 0;
    lastStep = step;
    if (run === SUSPICIOUS) return;
    current = reported;
    apply(reported);
  };
}
