import { LeaseholdError } from "../errors.js";
import type { UnitManifest } from "../index.js";
import { digest, resolveSource, type UnitPackage } from "../unit/index.js";
import type { CatalogEntry, InstallOptions } from "./types.js";

/** Bytes of source that one unit may have: enough for any library, too little to fill the disk. */
const largestUnit = 64 * 1024 * 1024;

/** Fetches the package that an entry promises, whole, checked, and with a digest for every module. Runs none of it. */
export async function fetchPackage(entry: CatalogEntry, { signal, onProgress }: InstallOptions): Promise<UnitPackage> {
  signal?.throwIfAborted();
  try {
    const { manifest, modules } = await resolveSource(entry.manifest, {
      signal,
      maxBytes: largestUnit,
      onProgress: ({ loaded, total = entry.bytes }) => onProgress?.({ loaded, total: Math.max(loaded, total) }),
    });
    checkIdentity(entry, manifest);
    return { manifest: { ...manifest, integrity: await integrityOf(manifest, modules) }, modules };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function checkIdentity({ name, version, manifest: address }: CatalogEntry, manifest: UnitManifest): void {
  if (manifest.name === name && manifest.version === version) return;
  throw new LeaseholdError(
    "LoadError",
    "catalog-mismatch",
    `The catalog promises ${name}@${version}, but ${address} is ${manifest.name}@${manifest.version}. Its publisher has to correct one.`,
    { unit: name },
  );
}

// What a publisher did not sign is signed here, so that every later load gets exactly what was consented to.
async function integrityOf(
  { integrity }: UnitManifest,
  modules: Record<string, string>,
): Promise<Record<string, string>> {
  if (integrity) return integrity;
  const digests = Object.entries(modules).map(async ([path, text]) => [path, await digest(text)] as const);
  return Object.fromEntries(await Promise.all(digests));
}
