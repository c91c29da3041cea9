import { bareCold, bareWarm } from "../domains/bare-load.js";
import { leaseholdCold, leaseholdWarm } from "../domains/leasehold-load.js";

const workload = (id, title, measures, targets) => ({
  id,
  title,
  unit: "ms to the first result",
  // A few milliseconds, in which processes start and end: the median of fewer rounds wanders by a third.
  rounds: 60,
  limit: "bare frame",
  contestants: (kind) =>
    Object.entries(measures).map(([name, measure]) => ({
      name,
      open: async () => ({ run: () => measure(kind), close() {} }),
    })),
  notes: [],
  targets,
});

/** A small unit from nothing; a double frame sealed for it, against one bare frame that has its code from the start. */
export const coldLoad = workload(
  "cold-load",
  "Load of a small unit, cold",
  { Leasehold: leaseholdCold, "bare frame": bareCold },
  [],
);

/** The same where a domain is waiting: the pool's, against a frame or worker that imports what it is sent. */
export const warmLoad = workload(
  "warm-load",
  "Load of a small unit, warm",
  { Leasehold: leaseholdWarm, "bare frame": bareWarm },
  [{ of: "Leasehold", against: "bare frame", timesSlower: 1.5 }],
);
