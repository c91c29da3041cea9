import { LeaseholdError } from "../errors.js";
import type { ModuleReader } from "./collect-modules.js";
import { entryOf, type UnitManifest } from "./manifest.js";
import { isModulePath } from "./module-path.js";
import { withoutMark } from "./module-syntax.js";
import { parseManifest } from "./parse-manifest.js";
import { SourceBudget } from "./source-budget.js";

/** A unit whose manifest is known. */
export interface OpenedUnit {
  manifest: UnitManifest;
  /** The modules that are at hand. */
  modules: Record<string, string>;
  /** Reads the others; absent where all of them are at hand. */
  readModule?: ModuleReader;
}

/** Opens what `load` was given as data: unknown until it is looked at. */
export function openPackage(
  data: { manifest?: unknown; modules: unknown },
  origin: string,
  budget: SourceBudget,
): OpenedUnit {
  const manifest = parseManifest(data.manifest, `${origin}'s manifest`);
  const { name: unit } = manifest;
  if (typeof data.modules !== "object" || data.modules === null) {
    const message = `The modules of ${unit} (${origin}) must be an object: path → source text.`;
    throw new LeaseholdError("LoadError", "modules-invalid", message, { unit });
  }
  const modules = { ...data.modules } as Record<string, string>;
  for (const [path, text] of Object.entries(modules)) {
    if (!isModulePath(path)) {
      const message = `"${path}" of ${unit} is not a path inside the unit; write it like "lib/parse.js".`;
      throw new LeaseholdError("LoadError", "path-invalid", message, { unit });
    }
    if (typeof text !== "string") {
      const message = `${path} of ${unit} must be the module's source text, but is ${text === null ? "null" : `a ${typeof text}`}.`;
      throw new LeaseholdError("LoadError", "modules-invalid", message, { unit });
    }
    budget.spendText(text, unit);
  }
  return { manifest, modules };
}

/** Opens one module's text as a unit of its own; what its manifest does not say is made up. */
export function openCode(code: string, partial: object | undefined, origin: string): OpenedUnit {
  const manifest = parseManifest({ name: "anonymous", version: "0.0.0", ...partial }, `${origin}'s manifest`);
  return { manifest, modules: { [entryOf(manifest)]: code } };
}

export async function openBlob(blob: Blob, budget: SourceBudget): Promise<OpenedUnit> {
  // Before it is read: it may not fit into memory.
  budget.spend(blob.size, "anonymous");
  const text = await blob.text();
  const mayBePackage = /\bjson\b/.test(blob.type) || (blob.type === "" && text.trimStart().startsWith("{"));
  if (!mayBePackage) return openCode(text, undefined, "the Blob");
  const data = parseJson(text, "The Blob");
  if (isPackage(data)) return openPackage(data, "the Blob", new SourceBudget());
  throw new LeaseholdError(
    "LoadError",
    "source-unknown",
    "The Blob is JSON, but not a packed unit: { manifest, modules }.",
  );
}

/** @throws LeaseholdError "LoadError" (`manifest-not-json`) */
export function parseJson(text: string, origin: string, unit?: string): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch (cause) {
    const what = /^\s*</.test(text) ? "a page" : "not JSON";
    const message =
      `${origin} was expected to be a unit's manifest, but is ${what}: ${(cause as Error).message}. ` +
      `Check the address: many servers answer unknown ones with a page.`;
    throw new LeaseholdError("LoadError", "manifest-not-json", message, { unit, cause });
  }
}

/** Whether this is a packed unit rather than a manifest. */
export function isPackage(data: unknown): data is { manifest: unknown; modules: unknown } {
  return typeof data === "object" && data !== null && "manifest" in data && "modules" in data;
}
