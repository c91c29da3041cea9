import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { base } from "../shared/base.js";
import type { Failure } from "../shared/failure.js";

/** What went wrong: the error's name, its code, and its message, which says what to do. */
export class FailureNote extends LitElement {
  static override styles = [
    base,
    css`
      div {
        padding: var(--space-4);
        border-radius: var(--radius);
        background: var(--danger-soft);
      }
      h3 {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
        font-size: var(--text-body);
        color: var(--danger);
      }
      code {
        padding: 0 0.4em;
        border: 1px solid currentColor;
        border-radius: 0.25rem;
        font: 500 var(--text-small) / 1.5 var(--font-mono);
        letter-spacing: 0;
      }
      p {
        margin-top: var(--space-1);
        font-size: var(--text-note);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) failure!: Failure;

  override render() {
    const { name, code, message } = this.failure;
    return html`<div role="alert">
      <h3>${name}${code ? html`<code>${code}</code>` : nothing}</h3>
      <p>${message}</p>
    </div>`;
  }
}
