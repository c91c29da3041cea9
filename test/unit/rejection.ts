import type { LeaseholdError } from "leasehold";

/** The reason that a promise rejects with; throws when it does not. */
export async function rejection(promise: Promise<unknown>): Promise<LeaseholdError> {
  const value = await promise.then(
    (answer) => ({ answer }),
    (error: LeaseholdError) => error,
  );
  if (value instanceof Error) return value;
  throw new Error(`It did not reject, but resolved to ${JSON.stringify((value as { answer: unknown }).answer)}.`);
}
