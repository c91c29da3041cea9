import { namesOf, patternOf } from "./conformance-cases.js";
import { tableOf } from "./table-of.js";

const INTRODUCTION = `# Conformance

Written by \`npm run conformance\` from a run of the tests in \`test/ported\`; the list of cases is in \`test/ported/cases\`.

These are cases that other projects, which load code and take it back or keep references across a boundary, test themselves
by. The ideas are theirs; the tests are our own, and assert what a case means here. A test "in every isolation" is run in a
frame, in a worker and in a realm. A star stands for all tests of a group.
`;

/**
 * The document.
 * @param {ReturnType<typeof import("./conformance-cases.js").readCases>} cases
 * @param {Map<string, boolean>} results whether a test passed, by its full name
 */
export function conformanceTable(cases, results) {
  const rows = cases.flatMap((each) => rowsOf(each, results));
  return [
    INTRODUCTION,
    "<!-- prettier-ignore-start -->\n",
    tableOf(["Source", "", "Cases", "Passed", "Failed", "Without a test"], summary(cases, results)),
    tableOf(["Source", "Case", "Our test", "Result"], rows),
    "<!-- prettier-ignore-end -->\n",
  ].join("\n");
}

function summary(cases, results) {
  return [...new Set(cases.map(({ source }) => source))].map((source) => {
    const those = cases.filter((each) => each.source === source);
    const count = (kind) => those.filter((each) => kindOf(each, results) === kind).length;
    return [source, those[0].from, those.length, ...["passed", "failed", "none"].map(count)];
  });
}

/** What became of a case. */
function kindOf({ tests }, results) {
  if (tests.length === 0) return "none";
  const outcomes = tests.map((entry) => outcomesOf(entry, results));
  return outcomes.every((each) => each.length > 0 && each.every(Boolean)) ? "passed" : "failed";
}

function rowsOf({ source, original, asserts, tests, reason }, results) {
  const name = `**${original}**: ${asserts}`;
  if (tests.length === 0) return [[source, name, "–", reason]];
  return tests.map((entry, at) => [source, at === 0 ? name : "″", entry, resultOf(outcomesOf(entry, results))]);
}

function outcomesOf(entry, results) {
  const patterns = namesOf(entry).map(patternOf);
  return [...results].filter(([name]) => patterns.some((pattern) => pattern.test(name))).map(([, passed]) => passed);
}

function resultOf(outcomes) {
  const failed = outcomes.filter((passed) => !passed).length;
  if (outcomes.length === 0) return "does not exist";
  if (failed > 0) return `**${failed} of ${outcomes.length} failed**`;
  return outcomes.length === 1 ? "passed" : `${outcomes.length} passed`;
}
