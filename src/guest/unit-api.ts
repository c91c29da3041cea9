import { LeaseholdError } from "../errors.js";
import type { Remote } from "../remoting/index.js";
import { LINKER } from "../unit-module.js";
import type { CapabilityGetter } from "./capabilities.js";

export type { UnitContext } from "./unit-context.js";

/**
 * A service of the page's, which the manifest asks for in `permissions.capabilities`. Nothing is fetched before it is called; whether it
 * was granted shows then.
 *
 * As `import { capability } from "leasehold/unit"` it is the domain's own. This copy is what a bundler puts into a unit; it gives what
 * the unit may have whose domain it is.
 * @throws LeaseholdError "PermissionDeniedError" (`capability-undeclared`); its calls reject with `capability-denied` where it was not
 *   granted, with `capability-missing` where the page has none. "InvalidStateError" (`no-domain`) outside of a unit
 */
export function capability<C extends object>(name: string): Remote<C> {
  const guest = Reflect.get(globalThis, LINKER) as { capabilityOf(): CapabilityGetter } | undefined;
  if (guest) return guest.capabilityOf()<C>(name);
  const message = `capability(${JSON.stringify(name)}) was asked for outside of a unit; "leasehold/unit" is for a unit's own code.`;
  throw new LeaseholdError("InvalidStateError", "no-domain", message);
}
