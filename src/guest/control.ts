import { LeaseholdError } from "../errors.js";
import { createNotifier, Targets, type GuestControl, type HostControl, type Session } from "../remoting/index.js";
import { setContentSecurityPolicy } from "./content-security-policy.js";
import { forwardConsole } from "./forward-console.js";
import { denyStatics } from "./deny-statics.js";
import { createCompiler } from "./compiler.js";
import { createImportText } from "./import-text.js";
import { createInside } from "./inside.js";
import { Linker } from "./linker.js";
import { createMirror } from "./mirror.js";
import { createUrlReport } from "./report-urls.js";
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

async function activate(
  unit: string,
  method: NonNullable<LifeCycle["activate"]>,
  context: OwnedContext["context"],
): Promise<void> {
  try {
    await method(context);
  } catch (cause) {
    const message = `activate() of ${unit} threw: ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`;
    throw new LeaseholdError("LoadError", "activation-failed", message, { unit, cause });
  }
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
  const host = createNotifier<HostControl>(session.invoker, Targets.control);
  const urls = createUrlReport(host);
  let unit = "A unit";
  let linker: Linker | undefined;
  let exports: LifeCycle = {};
  let owned: OwnedContext | undefined;
  let isDeactivated = false;

  const exposed: GuestControl = {
    ready() {
      denyStatics(() => unit);
      return rehearse();
    },
    async start(plan, { policy, hasView, state }) {
      if (linker) throw new LeaseholdError("InvalidStateError", "started-already", "A domain is for one unit.");
      unit = plan.unit;
      if (policy !== undefined) setContentSecurityPolicy(policy);
      forwardConsole(host);
      // The unit may put something else in its place.
      const { warn } = console;
      const linking = (linker = new Linker(plan, urls.counter()));
      exports = (await linking.load(plan.entry)) as LifeCycle;
      session.expose(Targets.exports, exports);
      const importText = createImportText(urls.counter());
      session.expose(Targets.inside, {
        ...createInside(plan.base, exports, importText),
        ...createCompiler({ unit: plan.unit, base: plan.base, importText, warn }),
      });
      const assign = (name: string, value: unknown): boolean => linking.assign(name, value);
      session.expose(Targets.mirror, createMirror(plan.unit, exports, assign));
      owned = createContext({ host, hasView, state });
      if (hasView && owned.context.root) watchHeight(owned.context.root, (height) => host.resized(height));
      if (typeof exports.activate === "function") {
        host.linked();
        await activate(plan.unit, exports.activate, owned.context);
      }
      return { urls: urls.take() };
    },
    leave: () => owned?.abort(),
    async finalize() {
      owned?.abort();
      const errors: unknown[] = [];
      const attempt = async (step: () => unknown): Promise<void> => {
        try {
          await step();
        } catch (error) {
          errors.push(error);
        }
      };
      if (!isDeactivated) {
        isDeactivated = true;
        await attempt(() => exports.deactivate?.());
      }
      while (owned?.disposers.length) await attempt(owned.disposers.pop() as () => void);
      urls.flush();
      return errors;
    },
    theme: showTheme,
  };
  return { exposed, beforeOperation: () => linker?.refreshCycles() };
}
