export { createEndpoint, finalizer, proxy, proxyMarker, releaseProxy, transferHandlers } from "comlink";
export type { Endpoint, ProxyMarked, TransferHandler } from "comlink";
export { LeaseholdError, type LeaseholdErrorName } from "../../errors.js";
export type { Limits } from "../../policy/index.js";
export { release } from "../calls/release.js";
export { over } from "../plan/over.js";
export type { SessionStats } from "../session.js";
export type {
  Planned,
  PlannedArgument,
  Received,
  Remote,
  RemoteInstance,
  RemotePromise,
  Sendable,
  Settled,
  Synchronous,
} from "../types/index.js";
export { transfer } from "../values/transfer.js";
export { connect, type ConnectOptions, type Session } from "./connect.js";
export { expose } from "./expose.js";
export type { Connectable } from "./open-channel.js";
export { windowEndpoint } from "./window-endpoint.js";
export { wrap, type ProxyMethods } from "./wrap.js";
