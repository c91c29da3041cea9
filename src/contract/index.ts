export { Agreement } from "./agreement.js";
export { defineContract } from "./define-contract.js";
export type { Contract, ContractMember, ContractOf, Implementation } from "./types.js";
export type { ContractIssue } from "./schema-failed.js";
