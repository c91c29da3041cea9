import { unitCode } from "./service.js";

/** Milliseconds from `load` to the first result with no domain kept ready. */
export const leaseholdCold = (kind) => measure(kind, { frame: 0, worker: 0 });

/** The same with one domain kept ready. */
export const leaseholdWarm = (kind) => measure(kind, { frame: 0, worker: 0, [kind]: 1 });

async function measure(kind, pool) {
  const { createHost } = await import("/dist/leasehold.js");
  const host = createHost({ pool });
  while (host.stats().warm < pool[kind]) await new Promise((resolve) => setTimeout(resolve, 5));
  const start = performance.now();
  const unit = await host.load({ code: unitCode }, { isolation: kind });
  const result = await unit.exports.add(1, 2);
  const took = performance.now() - start;
  await host.dispose();
  if (result !== 3) throw new Error(`Leasehold answered ${result}`);
  return took;
}
