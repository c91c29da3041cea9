import type { UnitPackage } from "../unit-package.js";
import { cyclic } from "./requirement-errors.js";
import type { RequiredUnit, Requirement } from "./requirement.js";

/**
 * Puts the units that one requires into an order in which each comes behind what it requires itself.
 * @param chosen by name
 * @throws LeaseholdError "LoadError" (`requirement-cycle`)
 */
export function inOrder(
  root: UnitPackage,
  chosen: ReadonlyMap<string, UnitPackage>,
  wishes: ReadonlyMap<string, readonly Requirement[]>,
): RequiredUnit[] {
  const ordered = new Map<string, RequiredUnit>();
  const way: Requirement[] = [];
  const visit = (unit: UnitPackage): void => {
    for (const name of Object.keys(unit.manifest.requires ?? {})) {
      const requirements = wishes.get(name) as readonly Requirement[];
      const wish = requirements.find(({ requester }) => requester === unit.manifest) as Requirement;
      const start = way.findIndex(({ requester }) => requester.name === name);
      if (start >= 0 || name === unit.manifest.name) throw cyclic(root.manifest, [...way.slice(start), wish]);
      if (ordered.has(name)) continue;
      way.push(wish);
      const source = chosen.get(name) as UnitPackage;
      visit(source);
      way.pop();
      ordered.set(name, { source, requirements });
    }
  };
  visit(root);
  return [...ordered.values()];
}
