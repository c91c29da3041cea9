export { proxy } from "comlink";
export { createNotifier, type Notifier } from "./calls/notifier.js";
export { createRemote } from "./calls/create-remote.js";
export { createRefuser } from "./calls/refuser.js";
export { giveBackRest } from "./calls/give-back-rest.js";
export { execute } from "./serving/execute.js";
export { handlerOf } from "./calls/handler.js";
export { FORBIDDEN, isShared } from "./serving/member.js";
export { gated, type GatedOperation } from "./calls/gate.js";
export { invokerOf } from "./calls/invoker-of.js";
export { giveBack, release } from "./calls/release.js";
export {
  PRESSED,
  READY,
  Targets,
  Told,
  walls,
  type ExportKind,
  type ExportRecord,
  type FrameRole,
  type GuestControl,
  type HostControl,
  type Inside,
  type Mirror,
  type StartResult,
  type Wall,
} from "./guest-interface.js";
export { Session, type SessionOptions, type SessionStats } from "./session.js";
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
} from "./types/index.js";
export { over } from "./plan/over.js";
export { isClass } from "./values/is-class.js";
export { isNative } from "./values/native.js";
export { isData } from "./values/is-data.js";
export { transfer } from "./values/transfer.js";
export type { Invoker } from "./calls/invoker.js";
