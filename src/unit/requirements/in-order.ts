import type { UnitManifest } from "../manifest.js";
import type { UnitPackage } from "../unit-package.js";
import { cyclic } from "./requirement-errors.js";
import type { Requirement } from "./requirement.js";

/** A unit whose wishes are being gone through. */
interface Visit {
  unit: UnitPackage;
  wishes: readonly Requirement[];
  /** Index of the wish that comes next. */
  next: number;
}

/**
 * Puts the units that one requires into an order in which each comes behind what it requires itself.
 * @param chosen by name; a name without a unit is left out
 * @throws LeaseholdError "LoadError" (`requirement-cycle`)
 */
export function inOrder(
  root: UnitPackage,
  chosen: ReadonlyMap<string, UnitPackage | undefined>,
  wishes: ReadonlyMap<UnitManifest, readonly Requirement[]>,
): UnitPackage[] {
  const ordered = new Map<string, UnitPackage>();
  const visit = (unit: UnitPackage): Visit => ({ unit, wishes: wishes.get(unit.manifest) ?? [], next: 0 });
  // A list of its own, for a chain of units may be longer than the engine's stack.
  const way = [visit(root)];
  const depths = new Map([[root.manifest.name, 0]]);
  for (let at = way.at(-1); at; at = way.at(-1)) {
    const wish = at.wishes[at.next++];
    if (!wish) {
      const { name } = at.unit.manifest;
      if (at.unit !== root) ordered.set(name, at.unit);
      depths.delete(name);
      way.pop();
      continue;
    }
    const start = depths.get(wish.name);
    if (start !== undefined)
      throw cyclic(
        root.manifest,
        way.slice(start).map(({ wishes: own, next }) => own[next - 1] as Requirement),
      );
    const source = chosen.get(wish.name);
    if (!source || ordered.has(wish.name)) continue;
    depths.set(wish.name, way.length);
    way.push(visit(source));
  }
  return [...ordered.values()];
}
