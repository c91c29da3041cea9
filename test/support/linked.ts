import { linkPlan } from "../../src/unit/link-plan.js";
import type { LinkPlan } from "../../src/unit/linking.js";
import type { UnitPackage } from "../../src/unit/unit-package.js";

export type Modules = Record<string, string>;

/** A unit by its modules, and the names of what it requires. */
export const unit = (name: string, modules: Modules, ...requires: string[]): UnitPackage => ({
  manifest: { name, version: "1.0.0", requires: Object.fromEntries(requires.map((each) => [each, "*"])) },
  modules,
});

/** The plan of a unit "app" that requires one, "lib" unless said otherwise. */
export const plan = (own: Modules, lib: Modules, name = "lib"): LinkPlan =>
  linkPlan(unit("app", own, name), [unit(name, lib)]);
