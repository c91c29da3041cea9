import { LeaseholdError } from "../errors.js";
import { createRemote, Targets, type Remote, type Session } from "../remoting/index.js";
import { suggest } from "../suggest.js";
import type { LinkPlan } from "../unit/index.js";

/** Gives a remote of a host service. @throws LeaseholdError "PermissionDeniedError" (`capability-undeclared`) */
export type CapabilityGetter = <C extends object>(name: string) => Remote<C>;

/**
 * Gives each unit of a domain its capabilities, by the unit's name; without one, those of the unit whose domain it is. Whether one was
 * granted the host decides, at each call.
 */
export function createCapabilities(session: Session, plan: LinkPlan): (unit?: string) => CapabilityGetter {
  return (unit = plan.unit) => {
    const { capabilities = [] } = [plan, ...(plan.required ?? [])].find((each) => each.unit === unit) ?? plan;
    const remotes = new Map<string, Remote<object>>();
    return <C extends object>(name: string): Remote<C> => {
      if (!capabilities.includes(name)) throw undeclared(unit, name, capabilities);
      const known =
        remotes.get(name) ?? createRemote<object>(() => session.invoker, Targets.capabilities, [unit, name]);
      remotes.set(name, known);
      return known as Remote<C>;
    };
  };
}

function undeclared(unit: string, name: unknown, declared: string[]): LeaseholdError {
  const message =
    `${unit} asks for the capability ${JSON.stringify(name)}, which its manifest does not declare: name it in ` +
    `permissions.capabilities.${typeof name === "string" ? suggest(name, declared) : ""}`;
  return new LeaseholdError("PermissionDeniedError", "capability-undeclared", message, { unit });
}
