export { requireCloneable } from "./cloneable.js";
export { fromThrown, toThrown } from "./error-record.js";
export { READY, Targets, type FrameRole, type GuestControl, type HostControl } from "./guest-interface.js";
export { createNotifier, type Notifier } from "./notifier.js";
export type { MemberPath, Thrown } from "./protocol.js";
export { createRemote, type Remote } from "./remote.js";
export type { PendingCallInfo } from "./pending-calls.js";
export { Session, type SessionOptions } from "./session.js";
export { transfer } from "./transfer.js";
