import type { Invoker } from "../calls/invoker.js";
import type { Body } from "./program.js";
import { Recorder } from "./recorder.js";

let current: Recorder | undefined;

/** The recorder of the plan that is being recorded, if one is. */
export function currentRecorder(): Recorder | undefined {
  return current;
}

/**
 * Records what a plan does with its placeholder.
 * @throws LeaseholdError "DataError" or "InvalidStateError" where that cannot be right
 */
export function recordPlan(invoker: Invoker, plan: (root: never) => unknown): Body {
  const outer = current;
  const recorder = new Recorder(invoker);
  current = recorder;
  try {
    return recorder.record(1, plan);
  } finally {
    current = outer;
  }
}
