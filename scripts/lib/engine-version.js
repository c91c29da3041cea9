import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * What an engine says that it is; of WebKit, which says nothing, its package does.
 * @param {import("./engines.js").Engine} engine installed
 * @returns {Promise<string>} e.g. "156.0.8078.73"
 */
export async function engineVersion({ find, packages }) {
  const found = find();
  const query = ["dpkg-query", "-W", "-f", "${Version}", packages[0]];
  const [command, ...args] = typeof found === "string" ? [found, "--version"] : query;
  const { stdout } = await promisify(execFile)(command, args);
  return /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim();
}
