/** The middle value; of an even count, the mean of the middle two. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How many times as long `one` took as `other`: the median over the rounds, each of which is a comparison by itself. */
export function ratio(one, other) {
  return median(one.map((value, round) => value / other[round]));
}
