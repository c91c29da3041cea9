import { LeaseholdError } from "../errors.js";
import type { UnitManifest } from "./manifest.js";

const algorithms = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" } as const;

/** The digest of a module's UTF-8 text in the notation of Subresource Integrity, e.g. "sha384-…". */
export async function digest(text: string, algorithm: keyof typeof algorithms = "sha384"): Promise<string> {
  const { subtle } = crypto as Partial<Crypto>;
  if (!subtle) {
    const message = "Digests can be checked on pages from https: or localhost only. Serve the page from there.";
    throw new LeaseholdError("NotSupportedError", "insecure-context", message);
  }
  const bytes = new Uint8Array(await subtle.digest(algorithms[algorithm], new TextEncoder().encode(text)));
  return `${algorithm}-${btoa(String.fromCharCode(...bytes))}`;
}

/**
 * Compares modules with the manifest's digests; does nothing where the manifest states none.
 * @throws LeaseholdError "IntegrityError": `integrity-mismatch`, or `integrity-missing` for a module that is not listed
 */
export async function verifyIntegrity(manifest: UnitManifest, modules: Record<string, string>): Promise<void> {
  const { integrity, name } = manifest;
  if (!integrity) return;
  const expectations = new Map(Object.entries(integrity));
  const checks = Object.entries(modules).map(async ([path, text]) => {
    const expected = expectations.get(path);
    if (expected === undefined) {
      const message = `The manifest of ${name} has digests, but none for ${path}; list every module, or leave that one out.`;
      throw new LeaseholdError("IntegrityError", "integrity-missing", message, { unit: name });
    }
    const actual = await digest(text, expected.slice(0, 6) as keyof typeof algorithms);
    if (actual === expected) return;
    const message =
      `${path} of ${name} is not what its publisher signed off: expected ${expected}, got ${actual}. ` +
      `Nothing of it was run; fetch it anew, or take it from another place.`;
    throw new LeaseholdError("IntegrityError", "integrity-mismatch", message, { unit: name });
  });
  await Promise.all(checks);
}
