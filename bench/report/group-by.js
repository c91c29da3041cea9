/**
 * As `Map.groupBy`, which Node 20 does not have.
 * @template T, K
 * @param {Iterable<T>} items
 * @param {(item: T) => K} toKey
 * @returns {Map<K, T[]>}
 */
export function groupBy(items, toKey) {
  const groups = new Map();
  for (const item of items) {
    const key = toKey(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}
