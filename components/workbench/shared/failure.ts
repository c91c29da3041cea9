/** What went wrong, for showing: Leasehold's errors have a code, those of a unit's own code may have none. */
export interface Failure {
  name: string;
  code?: string;
  message: string;
}

export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { code } = error as { code?: unknown };
  return { name: error.name, message: error.message, ...(typeof code === "string" && { code }) };
}
