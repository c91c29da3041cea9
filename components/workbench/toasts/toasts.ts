import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";
import type { Notice } from "../../../src/services/index.js";
import { base } from "../shared/base.js";

/**
 * What units say, in a corner, with whose words they are. What is no warning goes by itself after a while, in which nobody
 * looks at it: the line below it runs out.
 */
export class Toasts extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        position: fixed;
        inset: auto var(--space-4) var(--space-4) auto;
        z-index: 1;
        width: 18rem; /* no wider than the meters, where those stand in that corner */
        pointer-events: none;
      }
      ol {
        display: grid;
        gap: var(--space-2);
      }
      li {
        --tone: var(--accent);
        position: relative;
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: var(--space-1) var(--space-3);
        align-items: start;
        padding: var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: 0 0.5rem 1.5rem light-dark(oklch(0.2 0.02 170 / 16%), oklch(0 0 0 / 50%));
        font-size: var(--text-note);
        overflow: hidden;
        pointer-events: auto;
        animation: arrive var(--calm);
      }
      li[data-tone="warning"] {
        --tone: var(--caution);
      }
      li[data-tone="danger"] {
        --tone: var(--danger);
      }
      workbench-unit-icon {
        --size: 1.75rem;
      }
      .from {
        font-size: var(--text-small);
        color: var(--ink-soft);
      }
      .title {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      [data-tone="warning"] .title,
      [data-tone="danger"] .title {
        color: var(--tone);
      }
      .body {
        max-height: 8em;
        overflow: auto;
        color: var(--ink-soft);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      button {
        display: grid;
        place-items: center;
        width: 1.75rem;
        height: 1.75rem;
        padding: 0;
        border: 0;
        border-radius: var(--radius-small);
        background: none;
        color: var(--ink-soft);
        font: inherit;
        font-size: 1.125rem;
        line-height: 1;
        cursor: pointer;
      }
      button:hover {
        background: var(--sunken);
        color: var(--ink);
      }
      .time {
        position: absolute;
        inset: auto 0 0;
        height: 2px;
        background: var(--tone);
        opacity: 0.6;
        transform-origin: left;
        animation: run-out 8s linear forwards;
      }
      li:hover .time,
      li:focus-within .time {
        animation-play-state: paused;
      }
      @keyframes run-out {
        to {
          transform: scaleX(0);
        }
      }
      @keyframes arrive {
        from {
          opacity: 0;
          translate: 0 var(--space-3);
        }
      }
      /* Above the switch of the panes. */
      @media (max-width: 46rem) {
        :host {
          inset-inline-start: var(--space-4);
          width: auto;
          inset-block-end: calc(3.25rem + var(--space-4) + env(safe-area-inset-bottom));
        }
      }
    `,
  ];

  /** The oldest first. */
  @property({ attribute: false }) notices: readonly Notice[] = [];

  override render() {
    return html`<div role="status" aria-label="Notices of units">
      <ol>
        ${repeat(
          this.notices,
          ({ id }) => id,
          (notice) => this.#toast(notice),
        )}
      </ol>
    </div>`;
  }

  #toast(notice: Notice) {
    const { manifest, title, body, tone } = notice;
    const from = manifest.title ?? manifest.name;
    const isPassing = tone === "info" || tone === "success";
    return html`<li data-tone=${tone}>
      <workbench-unit-icon .name=${manifest.name} .icon=${manifest.icon ?? ""}></workbench-unit-icon>
      <div>
        <p class="from">${from}</p>
        <p class="title">${title}</p>
        ${body ? html`<p class="body">${body}</p>` : nothing}
      </div>
      <button aria-label="Close what ${from} says" @click=${() => notice.dismiss()}>×</button>
      ${
        isPassing
          ? keyed(notice, html`<span class="time" @animationend=${() => notice.dismiss()}></span>`) // an update starts it anew
          : nothing
      }
    </li>`;
  }
}
