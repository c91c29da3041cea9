import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Outcome } from "../model/call.js";
import type { ResultKind } from "../model/sample.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import { formatCount, formatDuration } from "../shared/format.js";
import { asHtml } from "./as-html.js";
import { asJson, jsonStyles } from "./as-json.js";
import { asSvg, svgStyles } from "./as-svg.js";
import { asTable, tableStyles } from "./as-table.js";

/** What a call came to, how long it took, and when it failed, why. Nothing that a unit returns becomes trusted markup. */
export class ResultView extends LitElement {
  static override styles = [
    base,
    controls,
    jsonStyles,
    svgStyles,
    tableStyles,
    css`
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        margin-bottom: var(--space-2);
      }
      .took {
        font-size: var(--text-note);
        font-variant-numeric: tabular-nums;
        color: var(--ink-soft);
      }
      .took strong {
        color: var(--ink);
        font-weight: 600;
      }
      .sheet {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        overflow: hidden;
      }
      .sheet:has(iframe) {
        height: 22rem;
        min-height: 6rem;
        resize: vertical;
      }
      pre {
        margin: 0;
        max-height: 26rem;
        padding: var(--space-4);
        overflow: auto;
        font: 400 var(--text-note) / 1.55 var(--font-mono);
        tab-size: 2;
      }
      pre.wrap {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      iframe {
        display: block;
        width: 100%;
        height: 100%;
        border: 0;
        background: transparent;
        color-scheme: inherit;
      }
      .quiet {
        padding: var(--space-4);
        font-size: var(--text-note);
        color: var(--ink-soft);
      }
    `,
  ];

  @property({ attribute: false }) outcome: Outcome | undefined = undefined;

  override render() {
    return html`<section aria-label="Result">
      <p class="visually-hidden" role="status">${this.#spoken()}</p>
      ${this.outcome ? this.#body(this.outcome) : nothing}
    </section>`;
  }

  #body(outcome: Outcome) {
    if (outcome.state === "running") return html`<progress aria-label="Waiting for the unit"></progress>`;
    return html`
      <header>
        <h2 class="eyebrow">Result</h2>
        <span class="took">took <strong>${formatDuration(outcome.duration)}</strong></span>
      </header>
      ${
        outcome.state === "failed"
          ? html`<workbench-failure-note .failure=${outcome.failure}></workbench-failure-note>`
          : html`<div class="sheet">${show[outcome.call.result](outcome.value)}</div>`
      }
    `;
  }

  #spoken(): string {
    if (!this.outcome || this.outcome.state === "failed") return "";
    if (this.outcome.state === "running") return "Running";
    const { value, duration, call } = this.outcome;
    const rows = call.result === "table" && Array.isArray(value) ? `, ${formatCount(value.length, "row")}` : "";
    return `Result is there after ${formatDuration(duration)}${rows}`;
  }
}

const show: Record<ResultKind, (value: unknown) => unknown> = {
  html: asHtml,
  svg: asSvg,
  json: asJson,
  table: asTable,
  text: (value) =>
    value === "" ? html`<p class="quiet">An empty text.</p>` : html`<pre tabindex="0">${String(value)}</pre>`,
  view: () => html`<p class="quiet">Done: see the unit’s view.</p>`,
};
