export type { CapabilityUse } from "./audit.js";
export { perUnit, type CapabilityUser, type PerUnit, type PerUnitOptions } from "./per-unit.js";
export { checkServices, forgetUnit, type Services } from "./services.js";
export { UnitCapabilities, type Askers } from "./unit-capabilities.js";
