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
 * A file as it is on disk, untouched by any server's transformations.
 * @param {string} pathname from the folder, with a leading slash
 * @param {string} [folder] default: the repository's root
 * @returns {Promise<{ body: Buffer, type: string } | undefined>} undefined where there is no such file
 */
export async function readStatic(pathname, folder = root) {
  const file = path.join(folder, path.normalize(decodeURIComponent(pathname)));
  if (!file.startsWith(path.join(folder, path.sep))) return undefined;
  try {
    return { body: await readFile(file), type: types[path.extname(file)] ?? "application/octet-stream" };
  } catch {
    return undefined;
  }
}
