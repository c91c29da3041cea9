import { startTestRunner } from "@web/test-runner";
import { lineReporter } from "../../test/support/runner/line-reporter.js";

/**
 * Runs test files in the browser, printing a line a test.
 * @param {string[]} files paths or globs; none means the whole suite
 * @param {Parameters<typeof lineReporter>[0]} onTest told of each test, by its full name
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runTests(files, onTest) {
  // Imported late: the configuration looks for a browser, which may just have been installed.
  const { default: config } = await import("../../test/support/runner.config.js");
  const reporter = lineReporter(onTest);
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
