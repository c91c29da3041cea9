/** Who counts what a quantity is about. */
export const counters = {
  page: "the page's process",
  frames: "its frames' process",
  all: "all processes",
  host: "the host's own count",
};

export const inMegabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

/** A number as it is read in a sentence. */
export const withCommas = (count) => count.toLocaleString("en");

/** What one cycle adds; nothing else than heap may add anything. */
export function growth({ isHeap, perCycle }) {
  if (!isHeap) return perCycle === 0 ? "0" : perCycle.toPrecision(2);
  return `${Math.round(perCycle)} bytes`;
}
