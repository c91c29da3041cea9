import { startTestRunner } from "@web/test-runner";
import { lineReporter } from "../../test/support/runner/line-reporter.js";
import { engines } from "./engines.js";
import { installEngine } from "./install-engine.js";

/**
 * Runs test files in one engine, which it installs if it can and must, printing a line a test.
 * @param {string[]} files paths or globs; none means the whole suite
 * @param {{ engine?: import("./engines.js").Engine, onTest?: Parameters<typeof lineReporter>[0] }} [options] Chromium unless said
 *   otherwise; `onTest` is told of each test, by its full name
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runTests(files, { engine = engines.chromium, onTest } = {}) {
  const found = await installEngine(engine);
  // Imported late, as it takes a while and a machine without a browser is told so at once.
  const { runnerConfig } = await import("../../test/support/runner-config.js");
  const reporter = lineReporter(onTest);
  const config = await runnerConfig(engine, found);
  const runner = await startTestRunner({
    config: { ...config, ...(files.length > 0 && { files }), reporters: [reporter], staticLogging: true },
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
  });
  if (!runner) throw new Error("The test runner did not start.");
  await new Promise((resolve) => runner.on("stopped", resolve));
  return reporter.totals;
}
