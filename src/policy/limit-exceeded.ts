import { LeaseholdError } from "../errors.js";

/** Limits of a session, and what the other side has done that passes them. */
const passings = {
  messageBytes: (seen: string) => `sent a message of ${seen} bytes or more`,
  operationsPerSecond: (seen: string) => `asked for ${seen} operations within a second`,
  pendingCalls: (seen: string) => `has ${seen} calls that are not answered`,
  leases: (seen: string) => `has taken, or given, ${seen} references`,
};

const advice = {
  messageBytes: "Send less at a time",
  operationsPerSecond: "Do more with each call, or call less often",
  pendingCalls: "Await calls before making more",
  leases: "Release what is not needed",
} satisfies Record<keyof typeof passings, string>;

/** A limit that a session can pass. */
export type SessionLimit = keyof typeof passings;

/** Whether data is the name of one. */
export function isSessionLimit(name: unknown): name is SessionLimit {
  return typeof name === "string" && Object.hasOwn(passings, name);
}

/**
 * The error of a session in which a limit was passed; its code is the limit's name in kebab-case.
 * @param most what the limit is
 * @param seen how many there were instead; or, in words, what was done
 * @param unit whose session it is; without one, it is the other side
 */
export function limitExceeded(
  limit: SessionLimit,
  most: number,
  seen: number | string,
  unit: string | undefined,
): LeaseholdError {
  const what = typeof seen === "string" ? seen : passings[limit](seen.toLocaleString("en"));
  const message =
    `${unit ?? "The other side"} ${what}, and limits.${limit} is ${most.toLocaleString("en")}, so it was ended. ` +
    `${advice[limit]}, or raise the limit.`;
  return new LeaseholdError("LimitExceededError", codeOf(limit), message, { unit });
}

const names = new Map<string, SessionLimit>();

function codeOf(limit: SessionLimit): string {
  return limit.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

for (const limit of Object.keys(passings) as SessionLimit[]) names.set(codeOf(limit), limit);

/** The limit that was passed where this is the error of it. */
export function limitOf(error: unknown): SessionLimit | undefined {
  if (!(error instanceof LeaseholdError) || error.name !== "LimitExceededError") return undefined;
  return names.get(error.code);
}
