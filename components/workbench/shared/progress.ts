import { html } from "lit";
import type { Activity } from "../model/item.js";

/** What is being done to a unit, in one word. */
export const doing: Record<Activity["kind"], string> = {
  install: "Installing",
  load: "Loading",
  unload: "Unloading",
  remove: "Removing",
};

/** How far an activity has come; indeterminate where that cannot be told. */
export function progressBar(activity: Activity, title: string) {
  const label = `${doing[activity.kind]} ${title}`;
  return activity.kind === "install" && activity.loaded < activity.total
    ? html`<progress aria-label=${label} max=${activity.total} .value=${activity.loaded}></progress>`
    : html`<progress aria-label=${label}></progress>`;
}
