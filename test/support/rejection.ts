import type { LeaseholdError } from "leasehold";

/** What a promise rejects with; it had better. */
export async function rejection(promise: PromiseLike<unknown>): Promise<LeaseholdError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error as LeaseholdError;
  }
  throw new Error(`It did not reject, but resolved to ${String(value)}.`);
}
