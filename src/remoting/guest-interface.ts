import type { LinkPlan } from "../unit/index.js";

/** Numbers of what the two ends of a domain's session expose. */
export const Targets = {
  /** Of the guest: `GuestControl`; of the host: `HostControl`. */
  control: 0,
  /** Of the guest: the exports of the unit's entry module, once it is linked. */
  exports: 1,
} as const;

/** What the guest does for the host. */
export interface GuestControl {
  /** Tightens the frame's own Content Security Policy, once, before any unit code is in it. */
  seal(policy: string): void;
  /** Links and runs the unit's modules; resolves with what was used. */
  link(plan: LinkPlan): Promise<{ urls: number }>;
  /** Calls the unit's `activate`. */
  activate(options: { hasView: boolean; state?: unknown }): Promise<void>;
  /** Tells the unit, by its signal, that it is asked to go. */
  leave(): void;
  /** Runs `deactivate` and the disposers, last registered first; resolves with what they threw. */
  finalize(): Promise<{ errors: unknown[]; urls: number }>;
  /** Hands the view its surroundings: custom properties and `color-scheme`. */
  theme(properties: Record<string, string>): void;
}

/** What the host does for the guest. */
export interface HostControl {
  log(level: "debug" | "info" | "warn" | "error", args: unknown[]): void;
  /** The view's content now has this height, in CSS pixels. */
  resized(height: number): void;
  /** The unit began (or ended) work that must keep it loaded. */
  activityStarted(id: number, label: string): void;
  activityEnded(id: number): void;
  /** Blob URLs made (and revoked) since `link`, by dynamic imports. */
  urlsUsed(count: number): void;
}
