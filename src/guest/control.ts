import { LeaseholdError } from "../errors.js";
import { createNotifier, Targets, toThrown, type GuestControl, type HostControl, type Session, type Thrown } from "../remoting/index.js";
import { setContentSecurityPolicy } from "./content-security-policy.js";
import { forwardConsole } from "./forward-console.js";
import { Linker } from "./linker.js";
import { createContext, type OwnedContext } from "./unit-context.js";
import { showTheme, watchHeight } from "./view.js";

/** What a unit's entry module may export for its life cycle. */
interface LifeCycle {
  activate?(context: OwnedContext["context"]): unknown;
  deactivate?(): unknown;
}

export interface Control {
  /** What the host may call. */
  exposed: GuestControl;
  /** To be called before each operation of the host. */
  beforeOperation(): void;
}

/**
 * Imports an empty module, so that the first real one meets an engine that has its module loader and Blob store running:
 * that is worth several milliseconds, and a warm domain has the time.
 */
async function rehearse(): Promise<void> {
  const url = URL.createObjectURL(new Blob([""], { type: "text/javascript" }));
  await import(/* @vite-ignore */ url).finally(() => URL.revokeObjectURL(url));
}

/** The guest's side of a unit's life. */
export function createControl(session: Session): Control {
  const host = createNotifier<HostControl>(session, Targets.control);
  let linker: Linker | undefined;
  let linking: Promise<LifeCycle> | undefined;
  let exports: LifeCycle = {};
  let owned: OwnedContext | undefined;

  const exposed: GuestControl = {
    ready: rehearse,
    async link(plan, policy) {
      if (linker) throw new LeaseholdError("InvalidStateError", "linked-already", "A domain is for one unit.");
      if (policy !== undefined) setContentSecurityPolicy(policy);
      forwardConsole(host);
      linker = new Linker(plan, (live, made) => host.urlsChanged(live, made));
      linking = linker.load(plan.entry) as Promise<LifeCycle>;
      session.expose(Targets.exports, (exports = await linking));
    },
    async activate({ hasView, state }) {
      await linking;
      owned = createContext({ host, hasView, state });
      if (hasView && owned.context.root) watchHeight(owned.context.root, (height) => host.resized(height));
      await exports.activate?.(owned.context);
    },
    leave: () => owned?.abort(),
    async finalize() {
      owned?.abort();
      const errors: Thrown[] = [];
      const attempt = async (step: () => unknown): Promise<void> => {
        try {
          await step();
        } catch (error) {
          errors.push(toThrown(error, true));
        }
      };
      await attempt(() => exports.deactivate?.());
      for (const dispose of owned?.takeDisposers() ?? []) await attempt(dispose);
      return errors;
    },
    theme: showTheme,
  };
  return { exposed, beforeOperation: () => linker?.refreshCycles() };
}
