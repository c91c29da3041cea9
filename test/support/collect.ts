import { executeServerCommand } from "@web/test-runner-commands";

/** What `--expose-gc` puts into every realm. */
type ExposedGc = () => void;

/** Collects garbage in this page's process: by `gc()` where it is exposed, else by allocating enough to provoke it. */
export async function collect(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0)); // what a WeakRef has shown is kept until the end of the task
  const gc = (globalThis as { gc?: ExposedGc }).gc;
  if (gc) gc();
  else for (let i = 0; i < 4; i++) new Uint8Array(new ArrayBuffer(8 << 20))[0] = 1;
  await new Promise((resolve) => setTimeout(resolve, 0)); // finalization callbacks are tasks of their own
}

/** Collects in the processes of all frames of this page as well; slower, through the test runner. */
export async function collectEverywhere(): Promise<void> {
  await executeServerCommand("collect");
  await collect();
}

/** What `collectUntil` may be told. */
export interface CollectOptions {
  /** Milliseconds after which to give up; default 10,000. */
  within?: number;
  /** Also collect in the frames' processes, which is the default where the page cannot be told to collect. */
  everywhere?: boolean;
}

/**
 * Collects until `holds()` is true, which a single collection does not guarantee: finalizers run later, and what they
 * release has to be collected in its turn.
 * @throws naming `what` when it does not come true in time
 */
export async function collectUntil(what: string, holds: () => unknown, options: CollectOptions = {}): Promise<void> {
  // What memory alone provokes is not always enough.
  const { within = 10_000, everywhere = !("gc" in globalThis) } = options;
  for (const end = performance.now() + within; !(await holds());) {
    if (performance.now() > end) throw new Error(`After ${within} ms of collecting it did not come true: ${what}`);
    await (everywhere ? collectEverywhere() : collect());
  }
}
