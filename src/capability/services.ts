import { LeaseholdError } from "../errors.js";
import { isPerUnit } from "./per-unit.js";

/** The services of a page, by the names under which units may ask for them. */
export type Services = Readonly<Record<string, object>>;

/** @throws LeaseholdError "InvalidStateError" (`capability-invalid`) */
export function checkServices(services: Services): void {
  for (const [name, service] of Object.entries(services)) checkService(name, service);
}

/** @throws LeaseholdError "InvalidStateError" (`capability-invalid`) */
export function checkService(name: string, service: unknown): void {
  const isObject = typeof service === "function" || (typeof service === "object" && service !== null);
  // Of a promise a unit would reach nothing but what all promises have.
  if (isObject && !(service instanceof Promise)) return;
  const what = isObject ? "a promise" : service === null ? "null" : `a ${typeof service}`;
  const message = `The capability "${name}" is ${what}; a service is an object or a function.`;
  throw new LeaseholdError("InvalidStateError", "capability-invalid", message);
}

/**
 * Has every service forget what it keeps for a unit beyond its life.
 * @throws AggregateError of what some of them threw; the others have done it
 */
export async function forgetUnit(services: Services, name: string): Promise<void> {
  const forgetting = Object.values(services).map(async (service) => isPerUnit(service) && service.forget?.(name));
  const errors = (await Promise.allSettled(forgetting)).flatMap((each) =>
    each.status === "rejected" ? [each.reason] : [],
  );
  if (errors.length > 0)
    throw new AggregateError(errors, `Not everything that is kept for ${name} could be forgotten.`);
}

/** The service of that name. @throws LeaseholdError "PermissionDeniedError" (`capability-missing`) */
export function serviceOf(services: Services, name: string, unit: string): object {
  if (Object.hasOwn(services, name)) return services[name] as object;
  // What else there is, is no business of the unit's.
  const message = `${unit} was granted the capability "${name}", which this page does not offer. Name it in createHost({ capabilities }).`;
  throw new LeaseholdError("PermissionDeniedError", "capability-missing", message, { unit });
}
