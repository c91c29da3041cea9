import { LeaseholdError } from "../errors.js";
import { collectModules, type ModuleReader } from "./collect-modules.js";
import { fetchText, spend, type FetchOptions } from "./fetch-text.js";
import { verifyIntegrity } from "./integrity.js";
import { entryOf, parseManifest, type UnitManifest } from "./manifest.js";
import { isModulePath } from "./module-path.js";
import type { UnitPackage } from "./unit-package.js";

/** What a unit can be loaded from. */
export type UnitSource =
  /** Address of a manifest (.json) or of a single module (.js); relative ones resolve against the document. */
  | string
  | URL
  /** A packed unit (the JSON of manifest and modules), or a single module. */
  | Blob
  /** One module's source text. */
  | { code: string; manifest?: Partial<UnitManifest> }
  /** Path → source text. */
  | { manifest: UnitManifest; modules: Record<string, string> };

export interface ResolveOptions {
  signal?: AbortSignal | undefined;
  /** Bytes of source that the unit may have. Default: no bound. */
  maxBytes?: number | undefined;
  onProgress?(progress: { phase: "fetch" | "verify"; loaded: number; total?: number }): void;
}

/** A unit whose manifest is known and whose modules can be read one by one. */
interface OpenedUnit {
  manifest: UnitManifest;
  /** The modules that are at hand already. */
  modules: Record<string, string>;
  /** Absent where all of them are. */
  readModule?: ModuleReader;
}

/**
 * Turns a source into a snapshot: fetches what is not at hand, follows imports, checks sizes and integrity. Runs nothing.
 * @throws LeaseholdError "LoadError", "IntegrityError" or "LimitExceededError"; nothing is left behind
 */
export async function resolveSource(source: UnitSource, options: ResolveOptions = {}): Promise<UnitPackage> {
  let loaded = 0;
  const limit = options.maxBytes ?? Infinity;
  const fetching: FetchOptions = {
    signal: options.signal,
    budget: { bytes: limit, limit },
    onBytes: (count) => options.onProgress?.({ phase: "fetch", loaded: (loaded += count) }),
  };
  options.onProgress?.({ phase: "fetch", loaded });
  const { manifest, modules: atHand, readModule } = await openSource(source, fetching);
  for (const text of Object.values(atHand)) spend(text.length, manifest.name, fetching.budget);
  const modules = readModule ? await collectModules(manifest, atHand, readModule) : atHand;
  options.onProgress?.({ phase: "verify", loaded, total: loaded });
  await verifyIntegrity(manifest, modules);
  return { manifest, modules };
}

/** Reads the manifest of a source, and no more of it than that takes. */
export async function resolveManifest(source: UnitSource, options: Pick<ResolveOptions, "signal"> = {}): Promise<UnitManifest> {
  const budget = { bytes: Infinity, limit: Infinity };
  return (await openSource(source, { signal: options.signal, budget, onBytes: () => {} })).manifest;
}

async function openSource(source: UnitSource, fetching: FetchOptions): Promise<OpenedUnit> {
  if (typeof source === "string" || source instanceof URL) return openUrl(source, fetching);
  if (source instanceof Blob) return openBlob(source);
  if (typeof source === "object" && source !== null) {
    if ("modules" in source) return openPackage(source, "the source's manifest");
    if ("code" in source && typeof source.code === "string") return openCode(source.code, source.manifest, "the source's manifest");
  }
  throw new LeaseholdError(
    "LoadError",
    "source-unknown",
    "load() takes an address, a Blob, { code } or { manifest, modules }; what it got is none of these.",
  );
}

async function openUrl(source: string | URL, fetching: FetchOptions): Promise<OpenedUnit> {
  if (!URL.canParse(source, document.baseURI)) {
    throw new LeaseholdError("LoadError", "source-unknown", `"${String(source)}" is not an address that a unit can be fetched from.`);
  }
  const url = new URL(source, document.baseURI);
  const fileName = url.pathname.split("/").at(-1) || "index.js";
  const unit = fileName.replace(/\.\w+$/, "");
  const { text, type } = await fetchText(url, { unit, wantedBy: "load()" }, fetching);
  const fetchModule =
    (name: string): ModuleReader =>
    async (path, wantedBy) =>
      (await fetchText(new URL(path, url), { unit: name, wantedBy }, fetching)).text;
  if (fileName.endsWith(".json") || /\bjson\b/.test(type)) {
    const data = parseJson(text, url.href);
    if (isPackage(data)) return openPackage(data, url.href);
    const manifest = parseManifest(data, url.href);
    return { manifest, modules: {}, readModule: fetchModule(manifest.name) };
  }
  const opened = openCode(text, { name: toName(unit), entry: fileName }, url.href);
  // The text of the entry was counted while it was fetched.
  fetching.budget.bytes += text.length;
  return { ...opened, readModule: fetchModule(opened.manifest.name) };
}

async function openBlob(blob: Blob): Promise<OpenedUnit> {
  const text = await blob.text();
  const mayBePackage = /\bjson\b/.test(blob.type) || (blob.type === "" && text.trimStart().startsWith("{"));
  if (mayBePackage) {
    const data = parseJson(text, "the Blob");
    if (isPackage(data)) return openPackage(data, "the Blob's manifest");
    throw new LeaseholdError("LoadError", "source-unknown", "The Blob is JSON, but not a packed unit: { manifest, modules }.");
  }
  return openCode(text, undefined, "the Blob");
}

function openPackage(data: { manifest: unknown; modules: Record<string, string> }, origin: string): OpenedUnit {
  const manifest = parseManifest(data.manifest, origin);
  const wrong = Object.keys(data.modules).find((path) => !isModulePath(path));
  if (wrong !== undefined) {
    const message = `"${wrong}" of ${manifest.name} is not a path inside the unit; write it like "lib/parse.js".`;
    throw new LeaseholdError("LoadError", "path-invalid", message, { unit: manifest.name });
  }
  return { manifest, modules: { ...data.modules } };
}

function openCode(code: string, partial: Partial<UnitManifest> | undefined, origin: string): OpenedUnit {
  const manifest = parseManifest({ name: "anonymous", version: "0.0.0", ...partial }, origin);
  return { manifest, modules: { [entryOf(manifest)]: code } };
}

function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${origin} was expected to be a unit's manifest, but is not JSON: ${(cause as Error).message}`;
    throw new LeaseholdError("LoadError", "manifest-not-json", message, { cause });
  }
}

function isPackage(data: unknown): data is { manifest: unknown; modules: Record<string, string> } {
  if (typeof data !== "object" || data === null || !("manifest" in data) || !("modules" in data)) return false;
  const { modules } = data;
  return typeof modules === "object" && modules !== null && Object.values(modules).every((text) => typeof text === "string");
}

/** A package name made of a file's: "Word Count.min" → "word-count.min". */
function toName(fileName: string): string {
  return decodeURIComponent(fileName).toLowerCase().replace(/[^a-z0-9._~-]+/g, "-").replace(/^[._]+/, "") || "anonymous";
}
