export { digest } from "./integrity.js";
export { linkPlan } from "./link-plan.js";
export type { LinkPlan, Piece } from "./linking.js";
export { entryOf, isolationOf, parseManifest, type Grant, type Isolation, type Permissions, type UnitManifest } from "./manifest.js";
export { moduleUrl } from "./module-path.js";
export { resolveManifest, resolveSource, type ResolveOptions, type UnitSource } from "./source.js";
export type { UnitPackage } from "./unit-package.js";
