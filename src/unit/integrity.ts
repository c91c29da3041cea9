import { LeaseholdError } from "../errors.js";
import type { UnitManifest } from "./manifest.js";

const algorithms = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" } as const;

/** The digest of a module's UTF-8 text in the notation of Subresource Integrity, e.g. "sha384-…". */
export async function digest(text: string, algorithm: keyof typeof algorithms = "sha384"): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest(algorithms[algorithm], new TextEncoder().encode(text)));
  return `${algorithm}-${btoa(String.fromCharCode(...bytes))}`;
}

/**
 * Compares every module with the manifest's digests; does nothing where the manifest states none.
 * @throws LeaseholdError "IntegrityError": `integrity-mismatch`, or `integrity-missing` for a module that is not listed
 */
export async function verifyIntegrity(manifest: UnitManifest, modules: Record<string, string>): Promise<void> {
  const { integrity, name } = manifest;
  if (!integrity) return;
  for (const [path, text] of Object.entries(modules)) {
    const expected = integrity[path];
    if (expected === undefined) {
      throw new LeaseholdError(
        "IntegrityError",
        "integrity-missing",
        `The manifest of ${name} has digests, but none for ${path}; list every module, or leave that one out.`,
        { unit: name },
      );
    }
    const actual = await digest(text, expected.slice(0, 6) as keyof typeof algorithms);
    if (actual !== expected) {
      throw new LeaseholdError(
        "IntegrityError",
        "integrity-mismatch",
        `${path} of ${name} is not what its publisher signed off: expected ${expected}, got ${actual}. ` +
          `Nothing of it was run; fetch it anew, or take it from another place.`,
        { unit: name },
      );
    }
  }
}
