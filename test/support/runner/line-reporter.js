import path from "node:path";

/**
 * Prints one line a test and keeps count. What is not a test but went wrong counts as one failure of its file: a file
 * that does not load, hangs, crashes, fails in a hook or has no test in it.
 * @param {object} options
 * @param {Map<string, { passed: number, failed: number, skipped: number }>} options.results where the counts go, by file; a file that
 *   is run again counts anew
 * @param {(result: { file: string, title: string, test: { passed: boolean, skipped: boolean } }) => void} [options.onTest] told of each
 *   test, by its file and full name
 * @param {(title: string) => void} [options.onHang] told of a test that hung its page
 * @param {() => string | undefined} options.running names the test that began last, which is the one that hangs
 */
export function lineReporter({ results, onTest = () => {}, onHang = () => {}, running }) {
  return {
    reportTestFileResults({ logger, sessionsForTestFile }) {
      for (const session of sessionsForTestFile) {
        for (const line of linesOf(session, { results, onTest, onHang, running })) logger.log(line);
      }
    },
  };
}

function* linesOf(session, { results, onTest, onHang, running }) {
  const file = path.relative(process.cwd(), session.testFile).split(path.sep).join("/");
  const tests = session.testResults ? [...testsIn(session.testResults)] : [];
  const totals = { passed: 0, failed: 0, skipped: 0 };
  results.set(file, totals);

  for (const { title, test } of tests) {
    onTest({ file, title, test });
    const name = `${file} › ${title}`;
    if (test.skipped) {
      totals.skipped++;
      yield `skip ${name}`;
    } else if (test.passed) {
      totals.passed++;
      yield `ok   ${name} (${test.duration ?? 0} ms)`;
    } else {
      totals.failed++;
      yield `FAIL ${name}`;
      yield* details(test.error ?? { message: "It did not run: a hook or a test before it failed." });
    }
  }

  const errors = [...session.errors];
  if (errors.length === 0 && tests.length === 0) errors.push({ message: "The file has no test in it." });
  if (errors.length > 0) {
    totals.failed++;
    yield `FAIL ${file}`;
    for (const error of errors) yield* details(error);
    if (tests.length === 0 && running()) {
      onHang(running());
      yield indent(`The test that began last: ${running()}`);
    }
  }
  if (totals.failed > 0) yield* whatTheBrowserSaid(session);
}

function* testsIn(suite, prefix = "") {
  for (const test of suite.tests) yield { title: prefix + test.name, test };
  for (const inner of suite.suites) yield* testsIn(inner, `${prefix}${inner.name} › `);
}

function* details({ name, message, stack, expected, actual }) {
  yield indent(
    name && name !== "Error" && !message?.startsWith(name) ? `${name}: ${message}` : (message ?? "No message."),
  );
  if (expected !== undefined) yield indent(`expected: ${expected}`);
  if (actual !== undefined) yield indent(`  actual: ${actual}`);
  const frames = stack
    ?.replace(message, "")
    .split("\n")
    .filter((line) => line.trim() && !line.includes("__web-test-runner__/"));
  if (frames?.length) yield indent(frames.join("\n"));
}

function* whatTheBrowserSaid({ logs, request404s }) {
  for (const log of logs)
    yield indent(`console: ${log.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" ")}`);
  for (const url of request404s) yield indent(`not found: ${url}`);
}

const indent = (text) => String(text).replace(/^/gm, "       ");
