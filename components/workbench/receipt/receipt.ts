import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Receipt } from "../../../src/index.js";
import { base } from "../shared/base.js";
import { formatDuration } from "../shared/format.js";

const reasons: Record<Receipt["reason"], string> = {
  requested: "as asked",
  collected: "no longer used",
  forced: "by force",
  recycled: "recycled",
  replaced: "replaced",
  violation: "over its limits",
  crash: "crashed",
};

const parts = [
  ["frames", "Frames removed"],
  ["workers", "Workers ended"],
  ["urls", "URLs revoked"],
  ["ports", "Ports closed"],
  ["leases", "Leases cleared"],
] as const;

/** What one unload gave back, as a till would print it. */
export class UnitReceipt extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        filter: drop-shadow(0 1px 1px light-dark(oklch(0.3 0.02 170 / 14%), oklch(0 0 0 / 45%)));
      }
      .paper {
        --tooth: 0.375rem;
        padding: var(--space-4) var(--space-4) calc(var(--space-4) + var(--tooth));
        border-radius: var(--radius-small) var(--radius-small) 0 0;
        background: var(--raised);
        font: 400 var(--text-small) / 1.6 var(--font-mono);
        font-variant-numeric: tabular-nums;
        mask:
          conic-gradient(from -45deg at bottom, #0000, #000 1deg 89deg, #0000 90deg) bottom / calc(2 * var(--tooth))
            var(--tooth) repeat-x,
          linear-gradient(#000 0 0) top / 100% calc(100% - var(--tooth)) no-repeat;
      }
      header {
        display: flex;
        justify-content: space-between;
        gap: var(--space-3);
        padding-bottom: var(--space-2);
        margin-bottom: var(--space-2);
        border-bottom: 1px dashed var(--line-strong);
      }
      h3 {
        font: 700 var(--text-small) / 1.6 var(--font-mono);
        letter-spacing: 0;
        overflow-wrap: anywhere;
      }
      .soft {
        color: var(--ink-soft);
      }
      dl > div {
        display: flex;
        align-items: baseline;
        gap: var(--space-2);
      }
      dl > div::before {
        content: "";
        order: 1;
        flex: 1;
        border-bottom: 1px dotted var(--line-strong);
      }
      dd {
        order: 2;
        font-weight: 700;
      }
      .none dt,
      .none dd {
        color: var(--ink-soft);
        font-weight: 400;
      }
      .total {
        margin-top: var(--space-2);
        padding-top: var(--space-2);
        border-top: 1px dashed var(--line-strong);
      }
      .fault,
      .fault dt,
      .fault dd {
        color: var(--danger);
      }
      @media (prefers-reduced-motion: no-preference) {
        .paper {
          animation: print var(--calm) both;
        }
        @keyframes print {
          from {
            translate: 0 -0.5rem;
            opacity: 0;
          }
        }
      }
    `,
  ];

  @property({ attribute: false }) receipt!: Receipt;

  override render() {
    const { unit, reason, duration, released, rejectedCalls, finalizerErrors } = this.receipt;
    return html`<article class="paper" aria-label="Receipt for ${unit}">
      <header>
        <h3>${unit}</h3>
        <span class="soft">${reasons[reason]}</span>
      </header>
      <dl>
        ${parts.map(([key, label]) => line(label, released[key], released[key] ? "" : "none"))}
        ${rejectedCalls ? line("Calls rejected", rejectedCalls, "fault") : nothing}
        ${finalizerErrors.length ? line("Finalizers failed", finalizerErrors.length, "fault") : nothing}
        <div class="total">
          <dt>Done in</dt>
          <dd>${formatDuration(duration)}</dd>
        </div>
      </dl>
      ${finalizerErrors.map((error) => html`<p class="fault">${String(error)}</p>`)}
    </article>`;
  }
}

function line(label: string, count: number, look: string) {
  return html`<div class=${look}>
    <dt>${label}</dt>
    <dd>${count}</dd>
  </div>`;
}
