import { LeaseholdError } from "../errors.js";
import { thrownText } from "../thrown-text.js";

/**
 * Budgets; passing one ends the unit with a LimitExceededError that names it, and a "violation" of its host. Infinity lifts a limit.
 * Those of messages, operations, calls and references hold for all that one domain sends, whoever runs in it.
 */
export interface Limits {
  /**
   * Milliseconds that one call may take. Linking and activating a unit are one each, for which there is a default; calls of its
   * exports may take any time where nobody says otherwise.
   */
  callTimeout?: number;
  /** Milliseconds without an answer after which the unit counts as unresponsive. */
  heartbeat?: number;
  /**
   * Bytes of one chunk that the unit sends, as large as it is in memory, of buffers half; and of the unit's source, which travels
   * to it in one. Default 16 MB, so that a turn may bring 32 MB in buffers; of a source 64 MB.
   */
  messageBytes?: number;
  /**
   * What the unit may ask of the page in a second, or all at once after one of rest: calls, lines on its console, activities, and
   * notices such as releases. Default 100,000.
   */
  operationsPerSecond?: number;
  /**
   * Calls of the unit that the page has not answered. Default 25,000. Where the page gives this limit, it holds for the page's own
   * calls that the unit has not answered, too.
   */
  pendingCalls?: number;
  /** References: those that keep the unit loaded, and those that the unit has of the page; either may be so many. Default 50,000. */
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

/** What a session is held to where nobody says otherwise. */
const sessionDefaults = {
  /** The page reads about 300 MB of text a second when memory is cold, and must answer within a tenth of one. */
  messageBytes: 16 * 2 ** 20,
  operationsPerSecond: 100_000,
  pendingCalls: 25_000,
  /** To give them all back at once takes the page some 2 µs each. */
  leases: 50_000,
} satisfies Limits;

/** The limits that hold: the load's, else the host's, else the defaults. @throws LeaseholdError "DataError" (`limit-invalid`) */
export function effectiveLimits(host: Limits | undefined, load: Limits | undefined): Limits & typeof defaults {
  return { ...defaults, ...checked(host), ...checked(load) };
}

/** Of these limits, what a session is held to. */
export interface SessionLimits {
  messageBytes: number;
  operationsPerSecond: number;
  /** Of the other side's calls. */
  pendingCalls: number;
  /** Of this side's calls. */
  ownPendingCalls: number;
  leases: number;
}

/** The limits that hold for the session with a unit: the load's, else the host's, else the defaults. @throws as `effectiveLimits` */
export function sessionLimits(host: Limits | undefined, load: Limits | undefined): SessionLimits {
  const given = { ...checked(host), ...checked(load) };
  return { ...sessionDefaults, ...given, ownPendingCalls: given.pendingCalls ?? Infinity };
}

/** The limits that hold for a session where nothing is limited that was not given. @throws as `effectiveLimits` */
export function givenLimits(limits: Limits): SessionLimits {
  const given = checked(limits);
  const none = { messageBytes: Infinity, operationsPerSecond: Infinity, pendingCalls: Infinity, leases: Infinity };
  return { ...none, ...given, ownPendingCalls: given.pendingCalls ?? Infinity };
}

/** Those of some limits that are given: what is undefined, or no number, must not lift any. */
function checked(limits: Limits | undefined): Limits {
  const given = Object.entries(limits ?? {}).filter(([, value]) => value !== undefined) as [string, unknown][];
  for (const [name, value] of given) {
    if (typeof value === "number" && value >= 0) continue;
    const message = `limits.${name} is ${thrownText(value)}. Give a number that is not negative, or Infinity.`;
    throw new LeaseholdError("DataError", "limit-invalid", message);
  }
  return Object.fromEntries(given);
}
