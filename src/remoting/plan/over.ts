import { LeaseholdError } from "../../errors.js";
import type { Planned } from "../types/index.js";
import { currentRecorder } from "./record-plan.js";

/**
 * Makes a planned value of an array, Map, Set or other iterable of this side's, so that its `map` is recorded once and runs on the
 * other side: `unit.chunk((api) => over(files).map((file) => api.parse(file)))`. An array's own `map` is recorded once per item.
 * @throws LeaseholdError "InvalidStateError" (`no-plan`) outside of a plan
 */
export function over<T>(items: Iterable<T>): Planned<T[]> {
  const recorder = currentRecorder();
  if (!recorder) {
    const message = "over() makes a planned value, so it is for the function that chunk() is given.";
    throw new LeaseholdError("InvalidStateError", "no-plan", message);
  }
  const isData = Array.isArray(items) || items instanceof Map || items instanceof Set;
  return recorder.constant(isData ? items : [...items]) as Planned<T[]>;
}
