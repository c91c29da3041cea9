import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import { logo } from "./logo.js";

/** Whose page this is, whether the network is away, and the theme. */
export class TopBar extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      header {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 3.5rem;
        padding: 0 var(--space-5);
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      svg {
        display: block;
        width: 1.625rem;
        height: 1.625rem;
        color: var(--accent);
      }
      h1 {
        font-size: 1.0625rem;
        font-weight: 700;
        letter-spacing: -0.02em;
      }
      p {
        padding-inline-start: var(--space-3);
        border-inline-start: 1px solid var(--line);
        font-size: var(--text-note);
        color: var(--ink-soft);
      }
      .end {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        margin-inline-start: auto;
      }
      @media (max-width: 46rem) {
        header {
          padding: 0 var(--space-4);
        }
        p {
          display: none;
        }
      }
    `,
  ];

  @property({ type: Boolean }) offline = false;

  override render() {
    return html`<header>
      ${logo}
      <h1>Leasehold</h1>
      <p>Load code. Call it. Take it back.</p>
      <div class="end">
        <span role="status">${this.offline ? offlineBadge : nothing}</span>
        <workbench-theme-toggle></workbench-theme-toggle>
      </div>
    </header>`;
  }
}

const offlineBadge = html`<span
  class="pill caution"
  title="The catalog cannot be reached. What is installed works all the same."
>
  <span class="dot"></span>Offline
</span>`;
