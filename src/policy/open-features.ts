/** What Chromium, and others under a flag, tell of a document's Permissions Policy. */
interface FeaturePolicy {
  features(): string[];
  getAllowlistForFeature(feature: string): string[];
}

/** Where the engine does not tell. Chromium has more, and tells; of a name that an engine does not know it only complains. */
const known = ["gamepad", "picture-in-picture", "storage-access", "sync-xhr"];

/** Features that any frame in this page has unless its `allow` attribute says otherwise: their default allowlist is `*`. */
export function openFeatures(): string[] {
  const { featurePolicy } = (globalThis.document ?? {}) as Partial<Document> & { featurePolicy?: FeaturePolicy };
  if (!featurePolicy) return known;
  return featurePolicy.features().filter((feature) => featurePolicy.getAllowlistForFeature(feature).includes("*"));
}
