import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { LeaseholdError } from "../errors.js";

const types: Record<string, string> = {
  ".avif": "image/avif",
  ".gif": "image/gif",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
};

/**
 * A picture as a `data:` URL, which is shown wherever the manifest gets.
 * @throws LeaseholdError "LoadError" (`icon-invalid`)
 */
export async function inlineIcon(file: string): Promise<string> {
  const type = types[extname(file)];
  const bytes = await readFile(file).catch(() => undefined);
  if (!type || !bytes) {
    const message = `The manifest's icon ${file} is no file of a picture; there may be ${Object.keys(types).join(", ")}.`;
    throw new LeaseholdError("LoadError", "icon-invalid", message);
  }
  if (extname(file) !== ".svg") return `data:${type};base64,${bytes.toString("base64")}`;
  return `data:${type},${encodeURIComponent(bytes.toString().replace(/>\s+</g, "><").trim())}`;
}
