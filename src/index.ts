export {
  perUnit,
  type CapabilityUse,
  type CapabilityUser,
  type PerUnit,
  type PerUnitOptions,
} from "./capability/index.js";
export {
  defineContract,
  type Contract,
  type ContractDefinition,
  type ContractIssue,
  type ContractMember,
  type ContractOf,
  type Implementation,
  type MemberDefinition,
} from "./contract/index.js";
export { LeaseholdError, type LeaseholdErrorName } from "./errors.js";
export { createHost } from "./host/create-host.js";
export { expectNothingLeft } from "./host/expect-nothing-left.js";
export type {
  Collectible,
  Host,
  HostEvents,
  HostOptions,
  HostStats,
  LoadOptions,
  LoadProgress,
  Unit,
  UnitSnapshot,
} from "./host/types.js";
export type { Binding, ExportDescriptor, Handle, Reflection, RemoteCollection } from "./host/reflection-types.js";
export type {
  LeaseKind,
  LeaseSnapshot,
  Receipt,
  UnitState,
  UnloadOptions,
  Verdict,
  WhyAlive,
} from "./lifetime/index.js";
export type { Limits } from "./policy/index.js";
export {
  over,
  proxy,
  release,
  transfer,
  type Planned,
  type Received,
  type Remote,
  type RemotePromise,
  type Sendable,
  type Settled,
  type Synchronous,
  type PlannedArgument,
  type RemoteInstance,
} from "./remoting/index.js";
export type {
  BuilderPart,
  CodeBuilder,
  Grant,
  Isolation,
  ModuleBuilder,
  Permissions,
  TypeBuilder,
  UnitBuilder,
  UnitManifest,
  UnitPackage,
  UnitSource,
} from "./unit/index.js";
