import { LitElement, css, html, nothing } from "lit";
import { property, query } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import type { Failure } from "../shared/failure.js";
import type { Item } from "../model/item.js";

/**
 * Search box, what is installed, and what there is besides.
 * @fires search - the query changed; detail: the query
 */
export class UnitList extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      search {
        position: sticky;
        top: 0;
        z-index: 2;
        display: block;
        padding: var(--space-4) 0 var(--space-3);
        background: linear-gradient(var(--page) 85%, transparent);
      }
      .box {
        position: relative;
      }
      .box svg {
        position: absolute;
        inset: 0 auto 0 0.75rem;
        margin-block: auto;
        width: 1rem;
        height: 1rem;
        color: var(--ink-soft);
        pointer-events: none;
      }
      .field {
        min-height: 2.5rem;
        padding-inline: 2.25rem 2.5rem;
      }
      .field::-webkit-search-cancel-button {
        appearance: none;
      }
      kbd {
        position: absolute;
        inset: 0 0.75rem 0 auto;
        height: 1.375rem;
        margin-block: auto;
        padding: 0 0.4rem;
        border: 1px solid var(--line);
        border-radius: 0.25rem;
        font: 550 var(--text-small) / 1.3rem var(--font-mono);
        color: var(--ink-soft);
        pointer-events: none;
      }
      .field:focus ~ kbd {
        opacity: 0;
      }
      section {
        margin-bottom: var(--space-5);
      }
      h2 {
        display: flex;
        justify-content: space-between;
        padding: var(--space-2) var(--space-3);
      }
      ul {
        display: grid;
        gap: var(--space-1);
      }
      .empty,
      .fault {
        padding: var(--space-3);
        border-radius: var(--radius);
        font-size: var(--text-note);
        color: var(--ink-soft);
      }
      .fault {
        margin-bottom: var(--space-3);
        background: var(--danger-soft);
        color: var(--danger);
        overflow-wrap: anywhere;
      }
      .skeleton {
        height: 4.75rem;
        border-radius: var(--radius);
        background: var(--sunken);
      }
      @media (prefers-reduced-motion: no-preference) {
        .skeleton {
          animation: breathe 1.6s ease-in-out infinite alternate;
        }
        @keyframes breathe {
          to {
            opacity: 0.45;
          }
        }
      }
      @media (hover: none) {
        kbd {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) items: Item[] = [];
  /** Names that the query found, in order; undefined while that is not known. */
  @property({ attribute: false }) found: string[] | undefined = undefined;
  @property({ attribute: false }) failure: Failure | undefined = undefined;
  @property() selected: string | undefined = undefined;
  @property({ attribute: false }) query = "";
  @query("input") private input!: HTMLInputElement;

  /** Puts the cursor into the search box. */
  focusSearch(): void {
    this.input.focus();
    this.input.select();
  }

  override render() {
    const shown = this.#shown();
    const installed = shown.filter(({ isInstalled }) => isInstalled);
    const available = shown.filter(({ isInstalled }) => !isInstalled);
    return html`
      <search>
        <div class="box">
          <input
            class="field"
            type="search"
            placeholder="Search units"
            aria-label="Search units"
            aria-keyshortcuts="/"
            autocomplete="off"
            spellcheck="false"
            @input=${this.#search}
          />
          <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
            <circle cx="7" cy="7" r="4.5" />
            <path d="m10.5 10.5 3.25 3.25" stroke-linecap="round" />
          </svg>
          <kbd aria-hidden="true">/</kbd>
        </div>
        <p class="visually-hidden" role="status">${this.query ? `${shown.length} found` : ""}</p>
      </search>
      ${this.failure ? html`<p class="fault" role="alert">${this.failure.message}</p>` : nothing}
      ${installed.length ? this.#section("Installed", installed) : nothing}
      ${available.length ? this.#section(installed.length ? "Also available" : "Available", available) : nothing}
      ${shown.length === 0 ? this.#nothingToShow() : nothing}
    `;
  }

  #section(heading: string, items: Item[]) {
    return html`<section>
      <h2 class="eyebrow"><span>${heading}</span><span aria-label="${items.length} units">${items.length}</span></h2>
      <ul>
        ${repeat(
          items,
          ({ name }) => name,
          (item) =>
            html`<li>
              <workbench-unit-card .item=${item} ?selected=${item.name === this.selected}></workbench-unit-card>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #nothingToShow() {
    if (this.query) return html`<p class="empty">Nothing matches “${this.query}”.</p>`;
    if (this.failure) return nothing;
    return html`<ul aria-label="Loading">
      ${[0, 1, 2, 3].map(() => html`<li class="skeleton"></li>`)}
    </ul>`;
  }

  // What is installed but in no catalog cannot be found by the marketplace's search.
  #shown(): Item[] {
    if (!this.query || !this.found) return this.items;
    const byName = new Map(this.items.map((item) => [item.name, item]));
    return this.found.flatMap((name) => byName.get(name) ?? []);
  }

  #search(event: Event): void {
    const { value } = event.target as HTMLInputElement;
    this.dispatchEvent(new CustomEvent("search", { detail: value.trim() }));
  }
}
