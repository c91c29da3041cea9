import { toThrown } from "./error-record.js";
import type { Answer } from "./protocol.js";

/** Keeps what of an answer can be cloned, and makes the rest failures of their own. */
export function repairAnswer([values, failures = [], late = []]: Answer, withStack: boolean): Answer {
  const failed = [...failures];
  const kept = values.map((value, index) => {
    try {
      return structuredClone(value);
    } catch (error) {
      failed.push([index, toThrown(error, withStack)]);
      return undefined;
    }
  });
  return [kept, failed, late];
}
