import type { Account } from "./account.js";

/** A place in the graph where all leases are to be released: those of the page (`from` undefined), or of one unit, on another. */
export interface Cut {
  from: Account | undefined;
  to: Account;
}

/** A node of the flow network; undefined is what all roots hang on. */
type Node = Account | undefined;

/**
 * The places at which the least leases have to be released so that no root leads to a unit. That is a smallest cut of a network
 * whose capacities are numbers of leases, found by the greatest flow through it (Ford and Fulkerson, by shortest ways as Edmonds
 * and Karp do): its cost is a matter of units, not of leases.
 * @param rootsOf how many leases and calls of the page, or of itself, keep a unit loaded; Infinity where they cannot be released
 */
export function cheapestRelease(
  target: Account,
  accounts: Iterable<Account>,
  rootsOf: (account: Account) => number,
): Cut[] {
  const free = new Map<Node, Map<Node, number>>([[undefined, new Map()]]);
  for (const account of accounts) {
    const roots = rootsOf(account);
    if (roots > 0) free.get(undefined)?.set(account, roots);
    free.set(
      account,
      new Map([...account.holds].map(([to, count]) => [to, account.requires.has(to) ? Infinity : count])),
    );
  }
  for (;;) {
    const ways = shortestWays(free);
    const way = wayTo(target, ways);
    if (!way) return cutsBefore(target, free, accounts, rootsOf);
    const amount = Math.min(...way.map(([from, to]) => free.get(from)?.get(to) ?? 0));
    if (amount === Infinity) return [];
    for (const [from, to] of way) {
      change(free, from, to, -amount);
      change(free, to, from, amount);
    }
  }
}

/** Every node to which something is still free, with the one before it. */
function shortestWays(free: ReadonlyMap<Node, ReadonlyMap<Node, number>>): Map<Node, Node> {
  const ways = new Map<Node, Node>([[undefined, undefined]]);
  for (const node of ways.keys()) {
    for (const [next, amount] of free.get(node) ?? []) if (amount > 0 && !ways.has(next)) ways.set(next, node);
  }
  return ways;
}

function wayTo(target: Account, ways: ReadonlyMap<Node, Node>): [Node, Account][] | undefined {
  if (!ways.has(target)) return undefined;
  const way: [Node, Account][] = [];
  for (let at: Node = target; at; at = ways.get(at)) way.unshift([ways.get(at), at]);
  return way;
}

/** Where leases lead from outside into what leads to the target: of several smallest cuts, the one that is nearest to it. */
function cutsBefore(
  target: Account,
  free: ReadonlyMap<Node, ReadonlyMap<Node, number>>,
  accounts: Iterable<Account>,
  rootsOf: (account: Account) => number,
): Cut[] {
  const inside = new Set<Node>([target]);
  for (let size = 0; size < inside.size;) {
    size = inside.size;
    for (const [node, next] of free) {
      if ([...next].some(([to, amount]) => amount > 0 && inside.has(to))) inside.add(node);
    }
  }
  const cuts: Cut[] = [];
  for (const account of accounts) {
    if (inside.has(account) && rootsOf(account) > 0) cuts.push({ from: undefined, to: account });
    if (inside.has(account)) continue;
    for (const held of account.holds.keys()) if (inside.has(held)) cuts.push({ from: account, to: held });
  }
  return cuts;
}

function change(free: Map<Node, Map<Node, number>>, from: Node, to: Node, amount: number): void {
  const next = free.get(from);
  next?.set(to, (next.get(to) ?? 0) + amount);
}
