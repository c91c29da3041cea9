import type { Isolation } from "../../../src/index.js";
import type { Call } from "../model/call.js";

/** What the parts of the workbench ask of the whole, by event; each bubbles out of every shadow root. */
export interface Requests {
  "unit-select": { name: string };
  "unit-install": { name: string };
  "unit-load": { name: string; isolation: Isolation };
  "unit-unload": { name: string; mode: "wait" | "force" };
  "unit-remove": { name: string };
  "unit-call": { name: string; call: Call };
}

/** Sends a request up to the workbench. */
export function tell<K extends keyof Requests>(element: EventTarget, type: K, detail: Requests[K]): void {
  element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
}
