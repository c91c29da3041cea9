import { callers } from "./callers.js";

const size = 32 << 20;

/** A large buffer given away, until the other side has said how long it is. */
export const transfer = {
  id: "transfer",
  title: "Transfer of 32 MB",
  unit: "ms",
  rounds: 8,
  targets: [{ of: "Leasehold", against: "raw postMessage", timesSlower: 1.1 }],
  ...callers("transfer", give),
};

async function give(session) {
  const buffer = new ArrayBuffer(size);
  new Uint8Array(buffer).fill(1); // pages that were never written cost nothing to move
  const start = performance.now();
  if ((await session.take(buffer)) !== size) throw new Error("A wrong answer");
  return performance.now() - start;
}
