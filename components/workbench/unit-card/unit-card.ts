import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import { formatBytes, formatCount } from "../shared/format.js";
import { permissionItems } from "../shared/permission-words.js";
import type { Item } from "../model/item.js";
import { doing, progressBar } from "../shared/progress.js";
import { tell } from "../shared/tell.js";

/**
 * One unit in the list.
 * @fires unit-select
 * @fires unit-install
 */
export class UnitCard extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      article {
        position: relative;
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: 0 var(--space-3);
        align-items: center;
        padding: var(--space-3);
        border: 1px solid transparent;
        border-radius: var(--radius);
        transition:
          background var(--quick),
          border-color var(--quick);
      }
      article:hover {
        background: var(--sunken);
      }
      article.selected {
        background: var(--surface);
        border-color: var(--line);
        box-shadow: var(--shadow);
      }
      article.selected::before {
        content: "";
        position: absolute;
        inset: var(--space-3) auto var(--space-3) -1px;
        width: 3px;
        border-radius: var(--radius-round);
        background: var(--accent);
      }
      h3 {
        font-size: var(--text-body);
      }
      .open {
        padding: 0;
        border: 0;
        background: none;
        font: inherit;
        letter-spacing: inherit;
        text-align: start;
      }
      /* The whole card answers to the pointer, and reads as one button to everyone else. */
      .open::after {
        content: "";
        position: absolute;
        inset: 0;
        border-radius: var(--radius);
      }
      .open:focus-visible {
        outline: none;
      }
      .open:focus-visible::after {
        outline: 2px solid var(--accent);
        outline-offset: -2px;
      }
      workbench-unit-icon {
        grid-row: 1 / span 3;
        align-self: start;
      }
      .about,
      .facts {
        grid-column: 2 / -1;
      }
      .about {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        line-clamp: 2;
        overflow: hidden;
        font-size: var(--text-note);
        line-height: 1.4;
        color: var(--ink-soft);
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--space-2);
        margin-top: var(--space-1);
        font-size: var(--text-small);
        color: var(--ink-soft);
      }
      .wish {
        white-space: nowrap;
      }
      .wish.some {
        color: var(--caution);
        font-weight: 600;
      }
      .action {
        position: relative;
        z-index: 1;
        min-height: 1.875rem;
        display: grid;
        align-items: center;
      }
      .state {
        pointer-events: none;
      }
      progress {
        grid-column: 1 / -1;
        margin-top: var(--space-2);
      }
    `,
  ];

  @property({ attribute: false }) item!: Item;
  @property({ type: Boolean }) selected = false;

  override render() {
    const { name, title, description, icon, publisher, bytes, activity } = this.item;
    return html`<article class=${this.selected ? "selected" : ""}>
      <workbench-unit-icon .name=${name} .icon=${icon ?? ""}></workbench-unit-icon>
      <h3>
        <button
          class="open"
          aria-current=${this.selected ? "true" : nothing}
          @click=${() => tell(this, "unit-select", { name })}
        >
          ${title}
        </button>
      </h3>
      <div class="action">${this.#action()}</div>
      <p class="about">${description}</p>
      <p class="facts">
        <span>${publisher}${bytes === undefined ? nothing : html` · ${formatBytes(bytes)}`}</span>
        ${this.#wish()}
      </p>
      ${activity ? progressBar(activity, title) : nothing}
    </article>`;
  }

  #wish() {
    const count = permissionItems(this.item.permissions).length;
    if (count === 0) return html`<span class="wish">asks for nothing</span>`;
    return html`<span class="wish some">${formatCount(count, "permission")}</span>`;
  }

  #action() {
    const { name, activity, isInstalled, unit, title } = this.item;
    if (activity) return html`<span class="pill state">${doing[activity.kind].toLowerCase()}</span>`;
    if (unit) return html`<span class="pill on state"><span class="dot"></span>${unit.isolation}</span>`;
    if (isInstalled) return html`<span class="pill state">off</span>`;
    return html`<button
      class="button small"
      aria-label="Install ${title}"
      @click=${() => tell(this, "unit-install", { name })}
    >
      Install
    </button>`;
  }
}
