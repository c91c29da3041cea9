import { html, nothing, svg, type TemplateResult } from "lit";
import type { ViewState } from "./view-loader.js";

const words = {
  error: { title: "This view could not be loaded.", button: "Try again" },
  crashed: { title: "This view has stopped.", button: "Reload" },
  closed: { title: "This view was closed.", button: "Reload" },
};

const icon = svg`<svg viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5"
  stroke-linecap="round"><circle cx="10" cy="10" r="7.25" /><path d="M10 6.25v4.5M10 13.5v.01" /></svg>`;

/** Says that there is no view, why, and what to do; nothing in the phases that have, or will have, one. */
export function notice(state: ViewState, reload: () => void): TemplateResult | typeof nothing {
  const { phase } = state;
  if (phase === "empty" || phase === "loading" || phase === "shown") return nothing;
  const { title, button } = words[phase];
  return html`<div part="error" class="notice ${phase}" role="alert">
    <div class="words">
      <slot name="error">
        ${icon}
        <strong>${title}</strong>
        ${"error" in state ? reason(state.error) : nothing}
      </slot>
    </div>
    <button part="retry" type="button" @click=${reload}>${button}</button>
  </div>`;
}

function reason(error: unknown): TemplateResult {
  const { message, code } = describe(error);
  return html`<p>${message} ${code ? html`<code>${code}</code>` : nothing}</p>`;
}

/** An error may be of a unit's own making, so not even its class is certain. */
function describe(error: unknown): { message: string; code?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return { message: error.message, ...(typeof code === "string" && { code }) };
}
