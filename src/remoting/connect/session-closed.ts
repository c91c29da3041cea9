import { LeaseholdError } from "../../errors.js";

/** What a call rejects with whose session was closed without another reason. */
export function sessionClosed(label: string): LeaseholdError {
  const message = `${label} cannot be answered: its session was closed. Connect again.`;
  return new LeaseholdError("DomainUnloadedError", "session-closed", message);
}
