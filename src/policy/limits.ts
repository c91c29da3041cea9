/** Budgets; passing one ends the unit (or recycles it) with a LimitExceededError that names it. */
export interface Limits {
  /**
   * Milliseconds that one call may take. Linking and activating a unit are one each, for which there is a default; calls of its
   * exports may take any time where nobody says otherwise.
   */
  callTimeout?: number;
  /** Milliseconds without an answer after which the unit counts as unresponsive. */
  heartbeat?: number;
  /** Bytes of one chunk; the source of a unit travels in one. */
  messageBytes?: number;
  operationsPerSecond?: number;
  pendingCalls?: number;
  leases?: number;
  /** Bytes, where the engine can tell. */
  memoryBytes?: number;
  /** Milliseconds that deactivation may take. */
  finalizers?: number;
}

/** What a load is held to where nobody says otherwise. */
const defaults = {
  /** A module that is still not there after this long hangs in its top-level await. */
  callTimeout: 10_000,
  messageBytes: 64 * 2 ** 20,
  finalizers: 1_000,
} satisfies Limits;

/** The limits that hold: the load's, else the host's, else the defaults. */
export function effectiveLimits(host: Limits | undefined, load: Limits | undefined): Limits & typeof defaults {
  return { ...defaults, ...host, ...load };
}
