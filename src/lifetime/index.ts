export { Ledger, type Lease } from "./ledger.js";
export type { LeaseKind, LeaseSnapshot } from "./lease.js";
export type { Receipt, Released } from "./receipt.js";
export { Unloading, type Unloadable, type UnloadOptions } from "./unloading.js";
