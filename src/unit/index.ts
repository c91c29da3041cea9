export {
  checkFunction,
  UnitWriter,
  type BuilderPart,
  type CodeBuilder,
  type ModuleBuilder,
  type Part,
  type TypeBuilder,
  type UnitBuilder,
} from "./builder/index.js";
export { digest } from "./integrity.js";
export { isSamePackage } from "./is-same-package.js";
export { exportNamesOf, linkPlan } from "./link-plan.js";
export type { LinkedModule, LinkPlan, RunnableModule } from "./linking.js";
export {
  entryOf,
  isolationOf,
  isolations,
  type Grant,
  type Isolation,
  type Permissions,
  type UnitManifest,
} from "./manifest.js";
export { parseManifest } from "./parse-manifest.js";
export { parsePermissions } from "./parse-permissions.js";
export { resolveManifest, resolveSource, type ResolveOptions, type UnitSource } from "./source.js";
export type { UnitPackage } from "./unit-package.js";
export { highest } from "./requirements/highest.js";
export { nameOf, wishOf, type RequiredUnit } from "./requirements/requirement.js";
export { resolveRequirements } from "./requirements/resolve-requirements.js";
export { isInRange } from "./version-range.js";
