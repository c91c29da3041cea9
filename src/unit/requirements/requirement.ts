import type { UnitManifest } from "../manifest.js";
import type { UnitPackage } from "../unit-package.js";

/** One unit's wish for another, and what was found for it. */
export interface Requirement {
  requester: UnitManifest;
  /** Of the required unit. */
  name: string;
  /** Of its versions, as semver has it. */
  range: string;
  offer: UnitPackage | undefined;
  /** Why nothing could be looked for; absent where it was. */
  failure?: { error: unknown };
}

/** A unit that is linked into the domain of another one, because that, or what that requires, requires it. */
export interface RequiredUnit {
  source: UnitPackage;
  /** Who requires it there; at least one. */
  requirements: readonly Requirement[];
}

/** "chart@1.2.0" */
export function nameOf({ name, version }: UnitManifest): string {
  return `${name}@${version}`;
}

/** "legend@1.0.0 requires chart ^1.2.0" */
export function wishOf({ requester, name, range }: Pick<Requirement, "requester" | "name" | "range">): string {
  return `${nameOf(requester)} requires ${name} ${range}`;
}
