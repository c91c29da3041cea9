export { Account, type CallInfo, type CallSource } from "./account.js";
export { Collector } from "./collector.js";
export { Ledger } from "./ledger.js";
export type { Held, Lease, LeaseEntry, LeaseKind, LeaseSnapshot } from "./lease.js";
export type { Receipt, Released } from "./receipt.js";
export { Retention } from "./retention.js";
export type { UnitState } from "./unit-state.js";
export { Unloading, type Unloadable, type UnloadOptions } from "./unloading.js";
export { Report, type Subject, type Verdict, type WhyAlive } from "./why-alive.js";
