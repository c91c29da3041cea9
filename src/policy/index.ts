export { Consents, type Authorize } from "./consents.js";
export { join, lacking, meet } from "./grant.js";
export { inheritGrants } from "./inherit-grants.js";
export { effectiveLimits, type Limits } from "./limits.js";
export { CLOSED, sealFor, type Seal } from "./seal.js";
