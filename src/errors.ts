/** Every name that a LeaseholdError can have. */
export const leaseholdErrorNames = [
  "LoadError",
  "IntegrityError",
  "NotSupportedError",
  "PermissionDeniedError",
  "DomainUnloadedError",
  "UnloadBlockedError",
  "UnresponsiveError",
  "LimitExceededError",
  "TimeoutError",
  "ContractError",
  "DataError",
  "InvalidStateError",
] as const;

/** What went wrong, as a category that a program may branch on. Each is API. */
export type LeaseholdErrorName = (typeof leaseholdErrorNames)[number];

export interface LeaseholdErrorOptions {
  /** Id or name of the unit that the error is about. */
  unit?: string | undefined;
  cause?: unknown;
}

/**
 * The one error class of the library. `name` and `code` are API and cross the boundary; the message is for people, says
 * what to do next, and may change between versions.
 */
export class LeaseholdError extends Error {
  override readonly name: LeaseholdErrorName;
  /** Kebab-case, one per kind of fault, e.g. "integrity-mismatch". */
  readonly code: string;
  readonly unit?: string;

  constructor(name: LeaseholdErrorName, code: string, message: string, options: LeaseholdErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = name;
    this.code = code;
    if (options.unit !== undefined) this.unit = options.unit;
  }
}
