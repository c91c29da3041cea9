import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * A file of the repository as it is on disk, untouched by any server's transformations.
 * @param {string} pathname from the repository's root, with a leading slash
 * @returns {Promise<{ body: Buffer, type: string } | undefined>} undefined where there is no such file
 */
export async function readStatic(pathname) {
  const file = path.join(root, path.normalize(decodeURIComponent(pathname)));
  if (!file.startsWith(root)) return undefined;
  try {
    return { body: await readFile(file), type: types[path.extname(file)] ?? "application/octet-stream" };
  } catch {
    return undefined;
  }
}
