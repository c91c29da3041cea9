/** Milliseconds by which a policy may tell of what it refused later than that is seen to have failed. */
const GRACE = 1_000;

/**
 * Whether this document's, or worker's, policy refuses what is tried. That it fails is not enough: so it does without a network.
 * @param isIt whether a violation is of what was tried
 * @param attempt resolves, or rejects, when it has come to an end
 */
export async function refusedByPolicy(
  isIt: (violation: SecurityPolicyViolationEvent) => boolean,
  attempt: () => Promise<unknown>,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const hear = (violation: Event): void => {
    const event = violation as SecurityPolicyViolationEvent;
    if (event.disposition === "enforce" && isIt(event)) resolve(true);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ended = (): void => {
    timer = setTimeout(() => resolve(false), GRACE);
  };
  addEventListener("securitypolicyviolation", hear);
  attempt().then(ended, ended);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    removeEventListener("securitypolicyviolation", hear);
  }
}
