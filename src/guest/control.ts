import { LeaseholdError } from "../errors.js";
import { createNotifier, Targets, type GuestControl, type HostControl, type Session } from "../remoting/index.js";
import { setContentSecurityPolicy } from "./content-security-policy.js";
import { createCapabilities } from "./capabilities.js";
import { forwardConsole } from "./forward-console.js";
import { denyStatics } from "./deny-statics.js";
import { createCompiler } from "./compiler.js";
import { createImportText } from "./import-text.js";
import { createInside } from "./inside.js";
import { Linker } from "./linker.js";
import { createMirror } from "./mirror.js";
import { createUrlReport } from "./report-urls.js";
import { tellViolations } from "./tell-violations.js";
import { UnitRun, type LifeCycle } from "./unit-run.js";
import { showTheme, watchHeight } from "./view.js";
import { networkClosed } from "./walls/network-closed.js";
import { wallsDown } from "./walls/walls-down.js";

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
  const host = createNotifier<HostControl>(session.invoker, Targets.control);
  const urls = createUrlReport(host);
  let unit = "A unit";
  let linker: Linker | undefined;
  /** Everybody who runs here, each behind what it requires. */
  const runs: UnitRun[] = [];
  const begin = (name: string, exports: LifeCycle, options: { hasView: boolean; state?: unknown }): UnitRun => {
    const run = new UnitRun(name, exports, { host, ...options, before: runs });
    runs.push(run);
    return run;
  };

  const exposed: GuestControl = {
    async ready(isolation) {
      const down = wallsDown(isolation);
      denyStatics(() => unit);
      await rehearse();
      return down;
    },
    async start(plan, { policy, messageBytes, hasView, state }) {
      if (linker) throw new LeaseholdError("InvalidStateError", "started-already", "A domain is for one unit.");
      unit = plan.unit;
      session.limitSending(messageBytes);
      if (policy !== undefined) {
        setContentSecurityPolicy(policy);
        if (!(await networkClosed())) return { urls: urls.take(), down: ["network"] };
      }
      tellViolations((vector) => host.violated(vector));
      forwardConsole(host);
      // The unit may put something else in its place.
      const { warn } = console;
      const linking = (linker = new Linker(plan, createCapabilities(session, plan), urls.counter()));
      for (const { unit: name, entry, isActive } of plan.required ?? []) {
        if (!isActive) continue;
        await begin(name, (await linking.load(entry)) as LifeCycle, { hasView: false }).activate();
      }
      const exports = (await linking.load(plan.entry)) as LifeCycle;
      session.expose(Targets.exports, exports);
      const importText = createImportText(urls.counter());
      session.expose(Targets.inside, {
        ...createInside(plan.base, exports, importText),
        ...createCompiler({ unit: plan.unit, base: plan.base, importText, warn }),
      });
      const assign = (name: string, value: unknown): boolean => linking.assign(name, value);
      session.expose(Targets.mirror, createMirror(plan.unit, exports, assign));
      const own = begin(plan.unit, exports, { hasView, state });
      if (own.root) watchHeight(own.root, (height) => host.resized(height));
      if (own.isActivatable) host.linked();
      await own.activate();
      return { urls: urls.take() };
    },
    leave: () => runs.forEach((run) => run.abort()),
    async finalize() {
      for (const run of runs) run.abort();
      const errors: unknown[] = [];
      // They stay: what was registered meanwhile is run the next time.
      for (const run of runs.toReversed()) errors.push(...(await run.finalize()));
      urls.flush();
      return errors;
    },
    theme: showTheme,
  };
  return { exposed, beforeOperation: () => linker?.refreshCycles() };
}
