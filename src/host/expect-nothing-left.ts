import { LeaseholdError } from "../errors.js";
import type { LeaseSnapshot } from "../lifetime/index.js";
import type { Host, HostStats } from "./types.js";

/** Milliseconds between two looks at a host. */
const INTERVAL = 10;
/** Lines of a message. */
const MOST_LINES = 20;

/**
 * For tests: runs a block and makes sure that it leaves nothing behind in a host: no unit, frame, worker, Blob URL, port or lease that
 * was not there before. What is on its way out gets some time to go; what was merely dropped goes only when it is collected, so
 * release it.
 *
 * @param within milliseconds that things may take to go
 * @returns what the block returned
 * @throws LeaseholdError "InvalidStateError" (`left-behind`) with a count of each thing left, and each lease's kind, label, holder and,
 *   of a host with diagnostics, the place where it was taken; or what the block throws
 */
export async function expectNothingLeft<T>(
  host: Host,
  block: () => T | PromiseLike<T>,
  { within = 1000 }: { within?: number } = {},
): Promise<Awaited<T>> {
  const before = host.stats();
  const known = new Set(host.snapshot().leases.map(({ id }) => id));
  const result = await block();
  for (const end = performance.now() + within; ;) {
    const left = differences(before, host.stats());
    if (left.length === 0) return result;
    if (performance.now() > end) {
      const leases = host.snapshot().leases.filter(({ id }) => !known.has(id));
      throw leftBehind([...left, ...leases.slice(0, MOST_LINES).map(describeLease)]);
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}

function differences(before: HostStats, now: HostStats): string[] {
  const { warm: _, ...counts } = now;
  return Object.entries(counts)
    .filter(([name, count]) => count > before[name as keyof HostStats])
    .map(([name, count]) => `${name}: ${count} instead of ${before[name as keyof HostStats]}`);
}

function describeLease({ kind, label, unit, holder, site }: LeaseSnapshot): string {
  return `${kind} ${label} of ${unit}, held by ${holder}${site === undefined ? "" : ` at ${site}`}`;
}

function leftBehind(lines: string[]): LeaseholdError {
  const message = `The block leaves behind in its host:\n${lines.map((line) => `  ${line}`).join("\n")}\nRelease it, or unload its unit, before the block ends.`;
  return new LeaseholdError("InvalidStateError", "left-behind", message);
}
