import { LeaseholdError } from "../../errors.js";

/** What a call rejects with whose session was closed without another reason; without a call, what the session closed for. */
export function sessionClosed(label?: string): LeaseholdError {
  const what = label === undefined ? "The session was closed" : `${label} cannot be answered: its session was closed`;
  const message = `${what}. Connect again.`;
  return new LeaseholdError("DomainUnloadedError", "session-closed", message);
}
