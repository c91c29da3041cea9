import { runTests } from "./run-tests.js";

/** Milliseconds that the file gets: a test of the rest of it takes none. */
const patience = 5000;

/**
 * Whether a test that hangs its page is named, and the next file is tested as if nothing had been.
 * @param {import("./engines.js").Engine} engine
 */
export async function hangTest(engine) {
  const hung = [];
  const files = ["test/hanging/loop.test.ts", "test/hanging/after.test.ts"];
  const { passed, failed } = await runTests(files, { engine, patience, onHang: (title) => hung.push(title) });
  return passed === 1 && failed === 1 && hung.join() === "a page › that never comes to itself again";
}
