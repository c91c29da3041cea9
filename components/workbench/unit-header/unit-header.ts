import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Item } from "../model/item.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import { formatBytes } from "../shared/format.js";
import { doing } from "../shared/progress.js";
import { tell } from "../shared/tell.js";

/**
 * What the chosen unit is, and whether to have it.
 * @fires unit-install
 * @fires unit-remove
 */
export class UnitHeader extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      header {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: var(--space-4);
        align-items: start;
      }
      workbench-unit-icon {
        --size: 3.5rem;
      }
      h2 {
        width: fit-content;
        border-radius: var(--radius-small);
        font-size: 1.5rem;
        letter-spacing: -0.02em;
      }
      .facts {
        font-size: var(--text-note);
        color: var(--ink-soft);
      }
      .description {
        max-width: 38rem;
        margin: var(--space-2) 0;
      }
      @media (max-width: 46rem) {
        header {
          grid-template-columns: auto 1fr;
        }
        workbench-unit-icon {
          --size: 2.75rem;
        }
        .button {
          grid-column: 2;
          justify-self: start;
        }
        .danger {
          margin-inline-start: calc(-1 * var(--space-4));
        }
      }
    `,
  ];

  @property({ attribute: false }) item!: Item;

  /** Puts a keyboard or screen reader user where the chosen unit begins. */
  override focus(): void {
    this.renderRoot.querySelector("h2")?.focus();
  }

  override render() {
    const { name, icon, title, description, publisher, version, bytes, permissions } = this.item;
    const size = bytes === undefined ? nothing : html` · ${formatBytes(bytes)}`;
    return html`<header>
      <workbench-unit-icon .name=${name} .icon=${icon ?? ""}></workbench-unit-icon>
      <div>
        <h2 tabindex="-1">${title}</h2>
        <p class="facts">${publisher} · ${version}${size}</p>
        <p class="description">${description}</p>
        <workbench-permission-list .permissions=${permissions}></workbench-permission-list>
      </div>
      ${this.#action()}
    </header>`;
  }

  #action() {
    const { name, isInstalled, activity } = this.item;
    const busy = activity !== undefined;
    return isInstalled
      ? html`<button class="button danger" ?disabled=${busy} @click=${() => tell(this, "unit-remove", { name })}>
          Remove
        </button>`
      : html`<button class="button primary" ?disabled=${busy} @click=${() => tell(this, "unit-install", { name })}>
          ${activity ? `${doing[activity.kind]}…` : "Install"}
        </button>`;
  }
}
