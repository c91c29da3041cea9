/** What a platform test is called: group, vector, where, and what is said of it there. */
const PLATFORM = /^the platform: (.+?) › (.+) › (?:in a )?(control|frame|served frame|worker|served worker): (.+)$/;

const GETS_THROUGH = "gets through: ";

/**
 * What came of one vector in one engine, by where it was tried: "control", "frame", "served frame", "worker", "served worker".
 * @typedef {{ group: string, vector: string, cells: Record<string, { said: string, passed: boolean, reason?: string }> }} VectorResult
 */

/**
 * The results of the platform's attacks, vector by vector, and of all other tests.
 * @param {Map<string, boolean>} results whether a test passed, by its full name
 */
export function containmentResults(results) {
  /** @type {Map<string, VectorResult>} */
  const vectors = new Map();
  /** @type {Map<string, boolean>} */
  const others = new Map();
  for (const [name, passed] of results) {
    const [, group, vector, where, said] = PLATFORM.exec(name) ?? [];
    if (!group) {
      others.set(name, passed);
      continue;
    }
    const key = `${group} › ${vector}`;
    if (!vectors.has(key)) vectors.set(key, { group, vector, cells: {} });
    const reason = said.includes(": ") ? said.slice(said.indexOf(": ") + 2) : undefined;
    vectors.get(key).cells[where] = { said, passed, reason };
  }
  return { vectors: [...vectors.values()], others };
}

/** Whether a cell says that a vector gets through there. */
export const getsThrough = (cell) => cell?.said.startsWith(GETS_THROUGH) ?? false;
