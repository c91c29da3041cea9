export { Agreement } from "./agreement.js";
export { defineContract } from "./define-contract.js";
export type {
  Contract,
  ContractDefinition,
  ContractMember,
  ContractOf,
  Implementation,
  MemberDefinition,
} from "./types.js";
export type { ContractIssue } from "./schema-failed.js";
