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
export { resolveManifest, resolveSource, type ResolveOptions, type UnitSource } from "./source.js";
export type { UnitPackage } from "./unit-package.js";
