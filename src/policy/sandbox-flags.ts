/**
 * Granted features that are switches of a frame's sandbox. Each shows or takes something and sends nothing: a download is
 * one of what the unit has made, as the outer frame refuses addresses. What would open a way out is not here, whoever grants
 * it: an origin of its own, popups, the page's navigation, a second screen (`presentation`, which loads any address there),
 * forms, and access to storage.
 */
const flags: Readonly<Record<string, string>> = {
  downloads: "allow-downloads",
  modals: "allow-modals",
  "orientation-lock": "allow-orientation-lock",
  "pointer-lock": "allow-pointer-lock",
};

/** Whether a feature is granted by the frame's sandbox, and not by its `allow` attribute. */
export function isSandboxSwitch(feature: string): boolean {
  return Object.hasOwn(flags, feature);
}

/** The frame's `sandbox` attribute: scripts, and the switches among the features granted. */
export function sandboxFlags(features: readonly string[]): string {
  const granted = features.filter(isSandboxSwitch).map((feature) => flags[feature]!);
  return ["allow-scripts", ...new Set(granted.toSorted())].join(" ");
}
