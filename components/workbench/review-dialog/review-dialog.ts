import { LitElement, css, html, nothing } from "lit";
import { query, state } from "lit/decorators.js";
import type { Grant } from "../../../src/index.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import { formatBytes } from "../shared/format.js";
import { permissionItems, permissionsOf, type PermissionItem } from "../shared/permission-words.js";
import type { Item } from "../model/item.js";

/** What a person is asked: which unit, and whether it wants more than the catalog had said. */
export interface Review {
  item: Item;
  hasChanged: boolean;
}

/** Asks a person whether to install a unit, and which of its wishes to grant. */
export class ReviewDialog extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      dialog {
        width: min(28rem, calc(100vw - 2 * var(--space-4)));
        max-height: calc(100dvh - 2 * var(--space-4));
        padding: 0;
        border: 1px solid var(--line);
        border-radius: calc(var(--radius) * 1.4);
        background: var(--raised);
        color: var(--ink);
        box-shadow: var(--shadow-high);
        overflow: auto;
      }
      dialog::backdrop {
        background: light-dark(oklch(0.25 0.02 175 / 35%), oklch(0.05 0.01 190 / 60%));
        backdrop-filter: blur(2px);
      }
      form {
        display: grid;
        gap: var(--space-4);
        padding: var(--space-5);
      }
      header {
        display: flex;
        gap: var(--space-4);
        align-items: center;
      }
      h2 {
        font-size: var(--text-title);
      }
      header p {
        font-size: var(--text-note);
        color: var(--ink-soft);
      }
      .panel {
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        font-size: var(--text-note);
      }
      .panel h3 {
        margin-bottom: var(--space-2);
        font-size: var(--text-note);
      }
      .wishes {
        display: grid;
        gap: var(--space-2);
      }
      .wishes label {
        display: flex;
        gap: var(--space-2);
        align-items: start;
        cursor: pointer;
      }
      .wishes input {
        flex: none;
        width: 1rem;
        height: 1rem;
        margin: 0.15rem 0 0;
        accent-color: var(--accent);
      }
      .walls {
        border-color: transparent;
        background: var(--accent-soft);
      }
      .walls ul {
        padding-inline-start: 1.1rem;
        list-style: disc;
      }
      .walls li::marker {
        color: var(--accent);
      }
      .changed {
        border-color: transparent;
        background: var(--caution-soft);
        color: var(--caution);
        font-weight: 600;
      }
      footer {
        display: flex;
        justify-content: flex-end;
        gap: var(--space-2);
      }
      @media (prefers-reduced-motion: no-preference) {
        dialog[open] {
          animation: arrive var(--calm);
        }
        @keyframes arrive {
          from {
            translate: 0 0.75rem;
            opacity: 0;
          }
        }
      }
    `,
  ];

  @state() private review: Review | undefined;
  @state() private kept = new Set<string>();
  @query("dialog") private dialog!: HTMLDialogElement;
  #answer: ((grant: Grant | false) => void) | undefined;

  /** Shows the dialog; resolves to what is granted, or to false when the person would rather not. */
  async ask(review: Review): Promise<Grant | false> {
    this.#settle(false);
    this.review = review;
    this.kept = new Set(permissionItems(review.item.permissions).map(keyOf));
    await this.updateComplete;
    this.dialog.returnValue = "";
    this.dialog.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  override render() {
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @click=${this.#clicked}>
      ${this.review ? this.#form(this.review) : nothing}
    </dialog>`;
  }

  #form({ item, hasChanged }: Review) {
    const wishes = permissionItems(item.permissions);
    return html`<form method="dialog">
      <header>
        <workbench-unit-icon .name=${item.name} .icon=${item.icon ?? ""}></workbench-unit-icon>
        <div>
          <h2 id="title">Install ${item.title}?</h2>
          <p>
            ${item.publisher} ·
            ${item.version}${item.bytes === undefined ? nothing : html` · ${formatBytes(item.bytes)}`}
          </p>
        </div>
      </header>
      ${hasChanged ? html`<p class="panel changed" role="alert">It asks for more than its catalog said.</p>` : nothing}
      ${wishes.length ? this.#wishes(wishes) : nothing}
      <div class="panel walls">
        <h3>${wishes.length ? "It still cannot" : "It asks for nothing, and so it cannot"}</h3>
        <ul>
          <li>read this page, its cookies or its storage</li>
          <li>${item.permissions.network?.length ? "reach any other address" : "send anything anywhere"}</li>
          <li>stay behind once you unload it</li>
        </ul>
      </div>
      <footer>
        <button class="button quiet" value="">Cancel</button>
        <button class="button primary" value="install" autofocus>Install</button>
      </footer>
    </form>`;
  }

  #wishes(wishes: PermissionItem[]) {
    return html`<fieldset class="panel">
      <legend class="visually-hidden">What it may do</legend>
      <h3 aria-hidden="true">It would like to</h3>
      <div class="wishes">
        ${wishes.map(
          (wish) =>
            html`<label>
              <input type="checkbox" .checked=${this.kept.has(keyOf(wish))} @change=${() => this.#toggle(wish)} />
              <span>${wish.words}</span>
            </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #toggle(wish: PermissionItem): void {
    const kept = new Set(this.kept);
    if (!kept.delete(keyOf(wish))) kept.add(keyOf(wish));
    this.kept = kept;
  }

  #clicked(event: MouseEvent): void {
    // The form fills the dialog, so a click on the dialog itself is one on what is around it.
    if (event.target === this.dialog) this.dialog.close("");
  }

  #closed(): void {
    const { item } = this.review ?? {};
    const isAgreed = this.dialog.returnValue === "install" && item !== undefined;
    this.#settle(
      isAgreed && permissionsOf(permissionItems(item.permissions).filter((wish) => this.kept.has(keyOf(wish)))),
    );
  }

  #settle(grant: Grant | false): void {
    this.#answer?.(grant);
    this.#answer = undefined;
  }
}

function keyOf({ kind, value }: PermissionItem): string {
  return `${String(kind)} ${value}`;
}
