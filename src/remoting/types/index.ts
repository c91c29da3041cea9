export type { ProxyMarked } from "./brands.js";
export type { Planned } from "./planned.js";
export type { PlannedArgument } from "./planned-arguments.js";
export type { Received } from "./received.js";
export type { Remote } from "./remote.js";
export type { RemoteInstance, RemotePromise } from "./remote-promise.js";
export type { Sendable } from "./sendable.js";
export type { Settled } from "./settled.js";
export type { Synchronous } from "./unplanned.js";
