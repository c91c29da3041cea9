import type { Unit } from "../../../src/index.js";
import type { ResultKind, Sample } from "./sample.js";
import { describeFailure, type Failure } from "../shared/failure.js";

/** What a person calls: one of the samples, with their own input in it, or something they wrote themselves. */
export interface Call {
  export: string;
  args: unknown[];
  result: ResultKind;
  present?: Sample["present"];
}

/** How a call ended, and how many ms it took, from the call to the answer in the page. */
export type Outcome = { duration: number } & (
  | { state: "running"; call: Call }
  | { state: "done"; call: Call; value: unknown }
  | { state: "failed"; call: Call; failure: Failure }
);

/** Calls an export of a unit. Never rejects. */
export async function perform(unit: Unit, call: Call): Promise<Outcome> {
  const exports = unit.exports as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const start = performance.now();
  try {
    const answer = await exports[call.export]?.(...call.args);
    const duration = performance.now() - start;
    return { state: "done", call, duration, value: call.present ? call.present(answer) : answer };
  } catch (error) {
    return { state: "failed", call, duration: performance.now() - start, failure: describeFailure(error) };
  }
}
