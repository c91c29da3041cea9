import type { FindRequired } from "../../src/unit/requirements/resolve-requirements.js";
import type { UnitPackage } from "../../src/unit/unit-package.js";
import { isInRange } from "../../src/unit/version-range.js";

/** A package of a unit without modules, e.g. of "chart@1.2.0". */
export function pack(id: string, requires: Record<string, string> = {}): UnitPackage {
  const at = id.lastIndexOf("@");
  return { manifest: { name: id.slice(0, at), version: id.slice(at + 1), requires }, modules: {} };
}

/** Finds the first of some packages that has the name and is in the range. */
export const among =
  (...packages: UnitPackage[]): FindRequired =>
  (name, range) =>
    packages.find(({ manifest }) => manifest.name === name && isInRange(manifest.version, range));

/** Finds by requester and name, e.g. "app chart", whatever the range. */
export const told =
  (answers: Record<string, UnitPackage | undefined>): FindRequired =>
  (name, _range, requester) =>
    answers[`${requester.name} ${name}`];

/** "chart@1.2.0" of each. */
export const idsOf = (packages: readonly { source: UnitPackage }[]): string[] =>
  packages.map(({ source: { manifest } }) => `${manifest.name}@${manifest.version}`);
