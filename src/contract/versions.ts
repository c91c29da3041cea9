import { compareVersions } from "compare-versions";

/** Whether a version is at least as new as another. */
export function isSince(version: string, since: string | undefined): boolean {
  return since === undefined || compareVersions(version, since) >= 0;
}

/** Whether two versions of a contract can work together: what a caret means, in both directions. */
export function areCompatible(one: string, other: string): boolean {
  return lineOf(one) === lineOf(other);
}

/** Up to its first number that is not zero. */
function lineOf(version: string): string {
  const [major = "", minor = "", patch = ""] = version.replace(/^v/, "").split(/[-+]/)[0]?.split(".") ?? [];
  if (major !== "0") return major;
  return minor !== "0" ? `0.${minor}` : `0.0.${patch}`;
}
