import { LitElement, css, html, svg } from "lit";
import { property } from "lit/decorators.js";
import type { Permissions } from "../../../src/index.js";
import { base } from "../shared/base.js";
import { permissionItems } from "../shared/permission-words.js";

/** What a unit asks for, in plain words; that it asks for nothing is said too. */
export class PermissionList extends LitElement {
  static override styles = [
    base,
    css`
      ul {
        display: grid;
        gap: var(--space-1);
      }
      li {
        display: flex;
        gap: var(--space-2);
        align-items: baseline;
        font-size: var(--text-note);
        color: var(--ink-soft);
      }
      svg {
        flex: none;
        width: 0.875rem;
        height: 0.875rem;
        translate: 0 0.125rem;
        color: var(--accent);
      }
      .wanted svg {
        color: var(--caution);
      }
    `,
  ];

  @property({ attribute: false }) permissions: Permissions = {};

  override render() {
    const items = permissionItems(this.permissions);
    return html`<ul aria-label="Asks for">
      ${
        items.length === 0
          ? html`<li>${shield}<span>Asks for nothing</span></li>`
          : items.map(({ words }) => html`<li class="wanted">${key}<span>${words}</span></li>`)
      }
    </ul>`;
  }
}

const shield = html`<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
  ${svg`<path d="M8 1.75 2.75 3.6v4.1c0 3.1 2.1 5.3 5.25 6.55 3.15-1.25 5.25-3.45 5.25-6.55V3.6z" stroke-linejoin="round"/><path d="m5.6 8 1.75 1.75L10.6 6.4" stroke-linecap="round" stroke-linejoin="round"/>`}
</svg>`;

const key = html`<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
  ${svg`<circle cx="5.25" cy="10.75" r="3"/><path d="m7.5 8.5 6-6M11 5l2 2" stroke-linecap="round"/>`}
</svg>`;
