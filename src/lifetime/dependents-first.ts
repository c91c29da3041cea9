import type { Account } from "./account.js";

/** Puts units that go together into an order in which each comes before those that it requires. */
export function dependentsFirst<T extends { account: Account }>(batch: readonly T[]): T[] {
  const members = new Map(batch.map((each) => [each.account, each]));
  /** How many of the batch that require it have not come yet. */
  const dependents = new Map<Account, number>();
  for (const { account } of batch) {
    for (const required of account.requires) dependents.set(required, (dependents.get(required) ?? 0) + 1);
  }
  const ordered = batch.filter(({ account }) => !dependents.has(account));
  for (const { account } of ordered) {
    for (const required of account.requires) {
      const left = (dependents.get(required) ?? 0) - 1;
      dependents.set(required, left);
      const member = members.get(required);
      if (left === 0 && member) ordered.push(member);
    }
  }
  return ordered;
}
