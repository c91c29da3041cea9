export { Consents, type Authorize } from "./consents.js";
export { join, lacking, meet } from "./grant.js";
export { inheritGrants } from "./inherit-grants.js";
export { isSessionLimit, limitExceeded, limitOf, type SessionLimit } from "./limit-exceeded.js";
export { effectiveLimits, givenLimits, sessionLimits, type Limits, type SessionLimits } from "./limits.js";
export { CLOSED, sealFor, type Seal } from "./seal.js";
export { TokenBucket } from "./token-bucket.js";
