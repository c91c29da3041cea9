import { LeaseholdError } from "../errors.js";
import type { UnitBuilder } from "./builder/index.js";
import { isBuilder } from "./builder/is-builder.js";
import { collectModules, type ModuleReader } from "./collect-modules.js";
import type { FetchOptions } from "./fetch-text.js";
import { verifyIntegrity } from "./integrity.js";
import type { UnitManifest } from "./manifest.js";
import { openBlob, openCode, openPackage, type OpenedUnit } from "./open-given.js";
import { openUrl } from "./open-url.js";
import { SourceBudget } from "./source-budget.js";
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
  | { manifest: UnitManifest; modules: Record<string, string> }
  /** A unit that is generated at run time, as it is at the time. */
  | UnitBuilder;

export interface ResolveOptions {
  signal?: AbortSignal | undefined;
  /** Bytes of source that the unit may have. Default: no bound. */
  maxBytes?: number | undefined;
  onProgress?(progress: { phase: "fetch" | "verify"; loaded: number; total?: number }): void;
}

/**
 * Turns a source into a snapshot: fetches what is not at hand, follows imports, checks sizes and integrity. Runs nothing.
 * @throws LeaseholdError "LoadError", "IntegrityError" or "LimitExceededError", of a builder what its `build()` throws; nothing is left behind, no request either
 */
export async function resolveSource(source: UnitSource, options: ResolveOptions = {}): Promise<UnitPackage> {
  const ended = new AbortController();
  let loaded = 0;
  const fetching: FetchOptions = {
    signal: options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal,
    budget: new SourceBudget(options.maxBytes),
    onBytes: (count) => options.onProgress?.({ phase: "fetch", loaded: (loaded += count) }),
  };
  try {
    options.onProgress?.({ phase: "fetch", loaded });
    const { manifest, modules: atHand, readModule } = await openSource(source, fetching);
    const modules = readModule ? await collectModules(manifest, verified(manifest, atHand, readModule)) : atHand;
    options.onProgress?.({ phase: "verify", loaded, total: loaded });
    if (!readModule) await verifyPackage(manifest, modules);
    return { manifest, modules };
  } finally {
    ended.abort();
  }
}

/** Reads the manifest of a source, and no more of it than that takes. */
export async function resolveManifest(
  source: UnitSource,
  options: Pick<ResolveOptions, "signal"> = {},
): Promise<UnitManifest> {
  const signal = options.signal ?? new AbortController().signal;
  return (await openSource(source, { signal, budget: new SourceBudget(), onBytes: () => {} })).manifest;
}

async function openSource(source: UnitSource, fetching: FetchOptions): Promise<OpenedUnit> {
  const { budget } = fetching;
  if (typeof source === "string" || source instanceof URL) return openUrl(source, fetching);
  if (source instanceof Blob) return openBlob(source, budget);
  if (isBuilder(source)) return openPackage(source.build(), "the builder", budget);
  if (typeof source === "object" && source !== null) {
    if ("modules" in source) return openPackage(source, "the source", budget);
    if ("code" in source && typeof source.code === "string") {
      const unit = openCode(source.code, source.manifest, "the source");
      budget.spendText(source.code, unit.manifest.name);
      return unit;
    }
  }
  throw new LeaseholdError(
    "LoadError",
    "source-unknown",
    "load() takes an address, a Blob, { code }, { manifest, modules } or what define() began; what it got is none of these.",
  );
}

/** Each module is checked before its text is looked into, so that one that was tampered with is called just that. */
function verified(manifest: UnitManifest, atHand: Record<string, string>, read: ModuleReader): ModuleReader {
  const given = new Map(Object.entries(atHand));
  return async (path, wantedBy) => {
    const text = given.get(path) ?? (await read(path, wantedBy));
    await verifyIntegrity(manifest, { [path]: text });
    return text;
  };
}

async function verifyPackage(manifest: UnitManifest, modules: Record<string, string>): Promise<void> {
  const { integrity = {}, name: unit } = manifest;
  const missing = Object.keys(integrity).find((path) => !Object.hasOwn(modules, path));
  if (missing !== undefined) {
    const message = `The manifest of ${unit} has a digest for ${missing}, but the module is not there.`;
    throw new LeaseholdError("LoadError", "module-not-found", message, { unit });
  }
  await verifyIntegrity(manifest, modules);
}
