import { alive, type Live } from "./witness.js";

/** The part of a host that tells what it holds. */
export interface Counted {
  stats(): Record<string, number>;
}

/** What `withBaseline` and `leavesNothing` may be told. */
export interface BaselineOptions {
  /** Hosts that outlive the test: their stats have to come back too, and their warm domains are no leftovers. */
  hosts?: () => Counted[];
  /** Milliseconds that things may take to go; default 3,000. */
  within?: number;
}

/**
 * Runs `body` and makes sure that it leaves nothing in the page: no iframe, Blob URL, worker or message channel, no count
 * of a host above what it was, no rejection that nobody handled.
 * @throws with a list of what was left, and where it was created
 */
export async function withBaseline<T>(body: () => T | Promise<T>, options: BaselineOptions = {}): Promise<T> {
  const baseline = read(options);
  const result = await body();
  await settle(baseline, options);
  return result;
}

/**
 * Called in a `describe`, does the same for every test in it, whose own hooks count as part of the test. A test that
 * leaves something fails; the ones after it still run.
 */
export function leavesNothing(options: BaselineOptions = {}): void {
  let baseline: Reading;

  beforeEach("reads what is in the page", () => {
    baseline = read(options);
  });

  before(function () {
    // Registered only now, in order to come after every afterEach of the describe, which may be what cleans up.
    this.test?.parent?.afterEach("leaves nothing in the page", async function () {
      const test = this.currentTest;
      if (test?.state !== "passed") return;
      try {
        await settle(baseline, options);
      } catch (error) {
        // Thrown from here, it would end the whole describe.
        test.state = "failed";
        test.err = error as Error;
      }
    });
  });
}

interface Reading {
  alive: Record<string, Live[]>;
  stats: Record<string, number>[];
}

function read({ hosts }: BaselineOptions): Reading {
  return { alive: alive(), stats: hosts?.().map((host) => ({ ...host.stats() })) ?? [] };
}

async function settle(baseline: Reading, options: BaselineOptions): Promise<void> {
  const { within = 3000 } = options;
  for (const end = performance.now() + within; ;) {
    const left = leftovers(baseline, read(options));
    if (left.length === 0) return;
    if (performance.now() > end) throw leftBehind(left);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The stack is that of what created the things, because the place of the check helps nobody. */
function leftBehind(left: Live[]): Error {
  const error = new Error(`It leaves in the page:\n${left.map(({ what }) => `  ${what}`).join("\n")}`);
  error.stack = left
    .filter(({ site }) => site)
    .map(({ what, site }) => `${what}\n${site}`)
    .join("\n");
  return error;
}

function leftovers(baseline: Reading, now: Reading): Live[] {
  const warm = sum(now.stats, "warm") - sum(baseline.stats, "warm");
  const left: Live[] = [];
  for (const [kind, things] of Object.entries(now.alive)) {
    const known = baseline.alive[kind] ?? [];
    // A warm domain has one frame and one channel in the page, and a host refills its pool when it likes.
    const allowed = kind === "iframes" || kind === "channels" ? Math.max(0, warm) : 0;
    if (things.length <= known.length + allowed) continue;
    const fresh = things.filter((thing) => !known.some(({ what, site }) => thing.what === what && thing.site === site));
    left.push(...(fresh.length > 0 ? fresh : things));
  }
  now.stats.forEach((stats, index) => {
    for (const [name, count] of Object.entries(stats)) {
      const was = baseline.stats[index]?.[name] ?? 0;
      if (name !== "warm" && count > was)
        left.push({ what: `${name} of a host: ${count} instead of ${was}`, site: "" });
    }
  });
  return left;
}

const sum = (stats: Record<string, number>[], name: string): number =>
  stats.reduce((total, entry) => total + (entry[name] ?? 0), 0);
