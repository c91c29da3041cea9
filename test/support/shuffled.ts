/** The items in an order that a seed decides; without one, in a new one each time. */
export function shuffled<T>(
  items: readonly T[],
  seed = Math.floor(Math.random() * 2 ** 31),
): { order: T[]; seed: number } {
  let state = seed;
  // mulberry32, by Tommy Ettinger (public domain).
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const order = items.map((item) => [next(), item] as const).sort(([a], [b]) => a - b);
  return { order: order.map(([, item]) => item), seed };
}
