/** Milliseconds, and how many violations are told in that time: what is tried again and again is told by a few. */
const INTERVAL = 1_000;
const MOST = 10;
/** Characters of what is told. */
const LONGEST = 200;

/**
 * Tells what the policy in force here refuses: the directive, and what was refused. To be called before there is a unit: then it is
 * the first to hear, and what it needs of the platform is no longer the unit's to change.
 */
export function tellViolations(tell: (vector: string) => void): void {
  const { prototype } = SecurityPolicyViolationEvent;
  const directiveOf = getterOf<string>(prototype, "effectiveDirective");
  const refusedOf = getterOf<string>(prototype, "blockedURI");
  const dispositionOf = getterOf<string>(prototype, "disposition");
  const timeOf = getterOf<number>(Event.prototype, "timeStamp");
  const shorten = Function.prototype.call.bind(String.prototype.slice) as (
    text: string,
    from: number,
    to: number,
  ) => string;
  let since = -INTERVAL;
  let told = 0;
  const hear = (event: Event): void => {
    // Own, and fixed: what a unit dispatches by itself is no violation.
    if (!event.isTrusted || dispositionOf(event) !== "enforce") return;
    const now = timeOf(event);
    if (now - since >= INTERVAL) {
      since = now;
      told = 0;
    }
    if (told++ < MOST) tell(shorten(`${directiveOf(event)} ${refusedOf(event)}`, 0, LONGEST));
  };
  addEventListener("securitypolicyviolation", hear, true);
}

function getterOf<T>(prototype: object, name: string): (event: Event) => T {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name) as { get(): T };
  return Function.prototype.call.bind(get) as (event: Event) => T;
}
