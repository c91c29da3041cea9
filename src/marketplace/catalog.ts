import { LeaseholdError } from "../errors.js";
import { parseCatalog } from "./catalog-schema.js";
import type { CatalogEntry } from "./types.js";

const address = /^(?:[a-z][a-z\d+.-]*:|\.{0,2}\/|[^\s/]+[./])/i;

/**
 * Reads one catalog. Throws LoadError "catalog-unreachable" when no JSON came back, which a kept copy can stand in for,
 * and "catalog-invalid" when what came back is not a catalog, which is the publisher's to mend.
 */
export async function readCatalog(url: string): Promise<CatalogEntry[]> {
  return parseCatalog(await fetchJson(url), url).map((entry) => resolveEntry(entry, url));
}

async function fetchJson(url: string): Promise<unknown> {
  try {
    // A catalog is small and its point is to be current, so the HTTP cache is always asked to revalidate.
    const response = await fetch(url, { cache: "no-cache" });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    // A network that asks to log in first answers with a page of its own: that is unreachable too, not invalid.
    return await response.json();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LeaseholdError(
      "LoadError",
      "catalog-unreachable",
      `The catalog ${url} could not be read: ${reason}. Check its address and the network.`,
      { cause },
    );
  }
}

function resolveEntry(entry: CatalogEntry, base: string): CatalogEntry {
  const resolved = { ...entry, manifest: new URL(entry.manifest, base).href };
  if (entry.icon && address.test(entry.icon)) resolved.icon = new URL(entry.icon, base).href;
  return resolved;
}
