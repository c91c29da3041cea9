import type { HostControl, Notifier } from "../remoting/index.js";

/** What a unit's `activate` is given. */
export interface UnitContext {
  /** Aborts when the unit is asked to go. */
  readonly signal: AbortSignal;
  /** What the replaced version's `deactivate()` returned. */
  readonly state?: unknown;
  /** Where a unit with a view draws. */
  readonly root?: HTMLElement;
  /** Registers what is to be done before the unit goes; the last registered is done first, and each is awaited. */
  onUnload(dispose: () => void | Promise<void>): void;
  /** Declares work that must keep the unit loaded until released. */
  activity(label: string): { release(): void };
}

/** A context, with what its owner may do to it. */
export interface OwnedContext {
  context: UnitContext;
  abort(): void;
  /** What is to be done before the unit goes; the last comes first. */
  disposers: (() => void | Promise<void>)[];
}

/** Of everybody who runs in this domain: the host knows their activities by number alone. */
let activities = 0;

export function createContext(options: {
  host: Notifier<HostControl>;
  hasView: boolean;
  state?: unknown;
}): OwnedContext {
  const { host, hasView, state } = options;
  const controller = new AbortController();
  const disposers: (() => void | Promise<void>)[] = [];
  const root = hasView && typeof document !== "undefined" ? document.getElementById("root") : null;
  const context: UnitContext = {
    signal: controller.signal,
    ...(state !== undefined && { state }),
    ...(root && { root }),
    onUnload: (dispose) => void disposers.push(dispose),
    activity(label) {
      const id = ++activities;
      let isReleased = false;
      host.activityStarted(id, String(label));
      return {
        release() {
          if (!isReleased) host.activityEnded(id);
          isReleased = true;
        },
      };
    },
  };
  return { context, abort: () => controller.abort(), disposers };
}
