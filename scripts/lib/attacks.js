import { testFiles } from "./test-files.js";

const isAttack = (/** @type {string} */ file) => file.startsWith("test/attacks/");

/** The files of attacks, by their path from the project's root. */
export const attackFiles = () => testFiles("whole").filter(isAttack);

/**
 * What comes of the attacks in a run in one engine.
 * @param {import("./engines.js").Engine} engine
 */
export function attackResults({ title: engineTitle }) {
  /** @type {Map<string, boolean>} whether a test passed, by its full name */
  const results = new Map();
  return {
    title: engineTitle,
    results,
    /** What `runTests` tells of each test; others than attacks are left out. */
    onTest({ file, title, test }) {
      if (isAttack(file)) results.set(title, test.passed && !test.skipped);
    },
  };
}
