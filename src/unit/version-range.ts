import satisfies from "semver/functions/satisfies.js";
import parse from "semver/functions/parse.js";
import validRange from "semver/ranges/valid.js";

/** Whether a text is a range of versions as npm has it, e.g. "^1.2.0", ">=1 <3" or "*". */
export function isRange(range: string): boolean {
  return validRange(range) !== null;
}

/** Whether a text is a semantic version whose numbers can be compared. */
export function isVersion(version: string): boolean {
  const parsed = parse(version);
  return (
    parsed !== null &&
    version === [parsed.version, ...(parsed.build.length > 0 ? [parsed.build.join(".")] : [])].join("+")
  );
}

/** Whether a semantic version is within a range; a prerelease only is where the range names one of the same version. */
export function isInRange(version: string, range: string): boolean {
  return satisfies(version, range);
}
