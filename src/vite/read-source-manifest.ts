import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { LeaseholdError } from "../errors.js";
import { parseManifest, type UnitManifest } from "../unit/index.js";
import { inlineIcon } from "./inline-icon.js";

/**
 * Reads what the author of a unit wrote about it. An icon's file becomes part of the manifest.
 * @param additions what is said elsewhere, and goes before what the file says
 * @throws LeaseholdError "LoadError": `manifest-not-found`, `manifest-not-json`, `manifest-invalid`
 */
export async function readSourceManifest(file: string, additions: Partial<UnitManifest> = {}): Promise<UnitManifest> {
  const said = parse(await read(file), file);
  const data = typeof said === "object" && said !== null ? { ...said, ...additions } : said;
  const manifest = parseManifest(data, file);
  const { icon } = manifest;
  return icon?.startsWith("./") ? { ...manifest, icon: await inlineIcon(resolve(dirname(file), icon)) } : manifest;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const message = `There is no ${file}: write the unit's manifest there, or say where it is by unit({ manifest }).`;
    throw new LeaseholdError("LoadError", "manifest-not-found", message, { cause });
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${file} is not JSON: ${(cause as Error).message}`;
    throw new LeaseholdError("LoadError", "manifest-not-json", message, { cause });
  }
}
