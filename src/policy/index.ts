export { join, lacking, meet } from "./grant.js";
export { effectiveLimits, type Limits } from "./limits.js";
export { CLOSED, sealFor, type Seal } from "./seal.js";
