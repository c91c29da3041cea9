import type { UnitPackage } from "./unit-package.js";

/** Whether two snapshots are of one unit: the same manifest, publisher and integrity included, and the same text. */
export function isSamePackage(one: UnitPackage, other: UnitPackage): boolean {
  if (one === other) return true;
  const { name, version } = one.manifest;
  if (name !== other.manifest.name || version !== other.manifest.version) return false;
  const paths = Object.keys(one.modules);
  return (
    paths.length === Object.keys(other.modules).length &&
    paths.every((path) => Object.hasOwn(other.modules, path) && one.modules[path] === other.modules[path]) &&
    JSON.stringify(one.manifest) === JSON.stringify(other.manifest)
  );
}
