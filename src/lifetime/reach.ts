import type { Account } from "./account.js";

/** The accounts that were reached, each with the one that leads to it; undefined: a root does. */
export type Reached = ReadonlyMap<Account, Account | undefined>;

/**
 * Marks from the roots: what no root leads to may go, however its units hold each other. Units whose finalizers are running are
 * roots, too. The way to each account is a shortest one.
 * @param without accounts that lead nowhere: they are about to go
 */
export function reach(accounts: Iterable<Account>, without?: ReadonlySet<Account>): Reached {
  const reached = new Map<Account, Account | undefined>();
  for (const account of accounts) if (account.roots > 0 || account.isFinalizing) reached.set(account, undefined);
  // A Map is walked over what is added meanwhile, too.
  for (const account of reached.keys()) {
    if (without?.has(account)) continue;
    for (const held of account.holds.keys()) if (!reached.has(held)) reached.set(held, account);
  }
  return reached;
}
