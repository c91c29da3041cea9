import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * What an engine says that it is.
 * @param {import("./engines.js").Engine} engine installed
 * @returns {Promise<string>} e.g. "156.0.8078.73"
 */
export async function engineVersion({ find }) {
  const found = find();
  const { stdout } = await promisify(execFile)(found.driver ?? found, ["--version"]);
  return /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim();
}
