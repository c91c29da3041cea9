import { LitElement, css, html, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import type { Isolation } from "../../../src/index.js";
import type { IsolationPicker } from "../isolation-picker/isolation-picker.js";
import type { Item } from "../model/item.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import { tell } from "../shared/tell.js";

/**
 * Where an installed unit runs, and whether it does.
 * @fires unit-load
 * @fires unit-unload
 */
export class PlacePanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      section {
        display: flex;
        align-items: start;
        justify-content: space-between;
        gap: var(--space-4);
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .controls {
        display: flex;
        flex: none;
        gap: var(--space-1);
      }
      @media (max-width: 46rem) {
        section {
          flex-direction: column;
        }
      }
    `,
  ];

  @property({ attribute: false }) item!: Item;
  @state() private isolation: Isolation = "worker";

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("item");
    if (!changed.has("item") || (before?.name === this.item.name && before.isolation === this.item.isolation)) return;
    this.isolation = this.item.isolation;
  }

  override render() {
    const { hasView, activity, unit } = this.item;
    return html`<section aria-label="Where it runs">
      <workbench-isolation-picker
        .value=${this.isolation}
        ?view=${hasView}
        ?disabled=${activity !== undefined}
        @change=${(event: Event) => (this.isolation = (event.target as IsolationPicker).value)}
      ></workbench-isolation-picker>
      <div class="controls">${unit?.isolation === this.isolation ? this.#unloading() : this.#loading()}</div>
    </section>`;
  }

  #loading() {
    const { name, unit, activity } = this.item;
    const { isolation } = this;
    return html`<button
      class="button primary"
      ?disabled=${activity !== undefined}
      @click=${() => tell(this, "unit-load", { name, isolation })}
    >
      ${unit ? `Move to ${isolation}` : "Load"}
    </button>`;
  }

  #unloading() {
    const { name, activity } = this.item;
    // A unit that takes its time to go can still be made to.
    const canForce = activity === undefined || activity.kind === "unload";
    return html`
      <button
        class="button"
        ?disabled=${activity !== undefined}
        @click=${() => tell(this, "unit-unload", { name, mode: "wait" })}
      >
        Unload
      </button>
      <button
        class="button danger"
        aria-label="Unload by force"
        title="Rejects what is still running and removes the domain"
        ?disabled=${!canForce}
        @click=${() => tell(this, "unit-unload", { name, mode: "force" })}
      >
        Force
      </button>
    `;
  }
}
