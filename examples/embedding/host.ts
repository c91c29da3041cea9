import { createHost } from "leasehold";

/** One for the whole page: each component loads what it needs through it, and unloads it when it goes. */
export const host = createHost({ pool: {} });

export function counts(): string {
  const { units, frames, workers } = host.stats();
  return `Units ${units}, frames ${frames}, workers ${workers}`;
}

/** Calls back whenever these have changed, until what it returns is called. */
export function onCounts(tell: () => void): () => void {
  const events = ["load", "unload"];
  for (const type of events) host.addEventListener(type, tell);
  return () => {
    for (const type of events) host.removeEventListener(type, tell);
  };
}
