import { mkdir, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./run.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Packs the project as it is published, and installs that in a folder: nothing of the repository is left in the way. It takes what
 * `npm run build` has built.
 * @param {string} folder gets the tarball, and node_modules/leasehold
 * @returns {Promise<{ tarball: string, installed: string }>} paths
 */
export async function pack(folder) {
  const modules = path.join(folder, "node_modules");
  await mkdir(modules, { recursive: true });
  const shell = process.platform === "win32"; // There, npm is a script.
  const args = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  await run("npm", args, { cwd: root, shell, stdio: ["ignore", "ignore", "inherit"] });
  const { name, version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  const tarball = path.join(folder, `${name}-${version}.tgz`);
  await run("tar", ["-xzf", tarball, "-C", modules]);
  const installed = path.join(modules, name);
  await rename(path.join(modules, "package"), installed);
  return { tarball, installed };
}
