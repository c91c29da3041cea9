import { startTestRunner } from "@web/test-runner";
import { engines } from "./engines.js";
import { installEngine } from "./install-engine.js";
import { testFiles } from "./test-files.js";

// Of the runner itself, when a browser is killed under it. The file that hung is counted; the suite goes on.
process.on("unhandledRejection", (reason) => console.error(reason));

/**
 * Floods hold the page to times, so that nothing else may run beside them; steps of the history are seen in a browser that has few:
 * WebKit keeps a hundred.
 */
const isAlone = (/** @type {string} */ file) => /\/floods|joint-history/.test(file);

/** Files that may have failed for want of time alone, because of what ran beside them: so many are run again by themselves. */
const FEW = 5;

/**
 * Runs test files in one engine, which it installs if it can and must, printing a line a test.
 * @param {string[]} files paths; none means the suite, as far as its depth goes
 * @param {object} [options]
 * @param {import("./engines.js").Engine} [options.engine] Chromium unless said otherwise
 * @param {number} [options.lanes] how many browsers run at the same time, each a share of the files; with several, a few files that
 *   failed are run once more, with nothing beside them, and what they do then counts
 * @param {import("./test-files.js").Depth} [options.depth] how much is done, "whole" unless said otherwise
 * @param {number} [options.patience] milliseconds that a file may take
 * @param {(result: { file: string, title: string, test: { passed: boolean, skipped: boolean } }) => void} [options.onTest] told of each
 *   test, by its file and full name
 * @param {(title: string) => void} [options.onHang] told of a test that hung its page, by its full name
 * @param {(fact: { group: string, what: string, seen: boolean | string }) => void} [options.onFact] told of what the engine does
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runTests(
  files,
  { engine = engines.chromium, lanes = 1, patience, depth = "whole", ...report } = {},
) {
  const found = await installEngine(engine);
  // Imported late, as it takes a while and a machine without a browser is told so at once.
  const { runnerConfig } = await import("../../test/support/runner-config.js");
  /** @type {Map<string, { passed: number, failed: number, skipped: number }>} by file */
  const results = new Map();

  const run = async (/** @type {string[]} */ share) => {
    if (share.length === 0) return;
    const config = await runnerConfig(engine, found, { results, depth, ...report });
    const runner = await startTestRunner({
      config: { ...config, files: share, ...(patience && { testsFinishTimeout: patience }) },
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
    });
    if (!runner) throw new Error("The test runner did not start.");
    await new Promise((resolve) => runner.on("stopped", resolve));
  };

  const all = files.length > 0 ? files : testFiles(depth);
  const together = all.filter((file) => !isAlone(file));
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) => run(together.filter((_, index) => index % lanes === lane))),
  );
  await run(all.filter(isAlone));

  const failed = [...results.keys()].filter((file) => results.get(file).failed > 0);
  if (lanes > 1 && failed.length > 0 && failed.length <= FEW) {
    console.log(`Again, with nothing beside them: ${failed.join(", ")}`);
    await run(failed);
  }
  const sum = (/** @type {"passed" | "failed" | "skipped"} */ kind) =>
    [...results.values()].reduce((total, each) => total + each[kind], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}
