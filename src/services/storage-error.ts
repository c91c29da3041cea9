import { LeaseholdError } from "../errors.js";

/** What an operation on a database failed of, as an error that says what to do. */
export function storageError(database: string, cause: unknown): LeaseholdError {
  if (cause instanceof LeaseholdError) return cause;
  const { name, message } = cause instanceof Error ? cause : { name: "Error", message: String(cause) };
  if (name === "QuotaExceededError")
    return new LeaseholdError(
      "LimitExceededError",
      "storage-full",
      "The browser has no room left for this page: delete something, or have the person make room.",
      { cause },
    );
  // RangeError: it is so deep that the engine's own copier runs out of stack.
  if (name === "DataCloneError" || name === "RangeError")
    return new LeaseholdError("DataError", "not-storable", `The storage cannot keep it: ${message}`, { cause });
  if (name === "VersionError")
    return new LeaseholdError(
      "InvalidStateError",
      "storage-newer",
      `The database "${database}" was written by a newer version of this page: reload it.`,
      { cause },
    );
  return new LeaseholdError(
    "InvalidStateError",
    "storage-unavailable",
    `The database "${database}" cannot be used: ${message.replace(/\.?$/, ".")} Private windows and blocked site data are common reasons; go on without it.`,
    { cause },
  );
}
