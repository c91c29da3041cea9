import type { ContractMember } from "./types.js";

/** What takes the place of a member that is not there. Data is copied each time, as what comes from a unit is. */
export function standInFor(member: ContractMember): unknown {
  return typeof member.default === "function" ? member.default : structuredClone(member.default);
}
