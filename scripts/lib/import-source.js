import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * What a module of src/ that is for Node exports, with no build needed.
 * @param {string} file from the repository's root
 */
export async function importSource(file) {
  const { module } = await runnerImport(root + file, { root, configFile: false, logLevel: "warn" });
  return module;
}
