import { LitElement, css, html, nothing } from "lit";
import { property, query } from "lit/decorators.js";
import type { Unit } from "../../../src/index.js";
import { base } from "../shared/base.js";
import { describeFailure } from "../shared/failure.js";

/** Where the view of an installed unit is shown. Stays in the page while the unit is loaded, in sight or not. */
export class ViewPanel extends LitElement {
  static override styles = [
    base,
    css`
      unit-view,
      .container {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        overflow: hidden;
        --unit-color: var(--view-color);
        --unit-background: var(--view-background);
        --unit-accent: var(--view-accent);
        --unit-muted: var(--view-muted);
        --unit-border: var(--view-border);
        --unit-font: var(--font);
      }
      .container:empty {
        display: none;
      }
    `,
  ];

  /** Whose view; undefined while it is not loaded. */
  @property({ attribute: false }) unit: Unit | undefined = undefined;
  /** Loads the unit again, its view starting inside an element: for engines that cannot move a frame that has started. */
  @property({ attribute: false }) startIn!: (container: Element) => Promise<void>;
  @query(".container") private container!: HTMLElement;

  override render() {
    const isElsewhere = !this.unit || this.container?.hasChildNodes();
    return html`<section aria-label="View">
      ${isElsewhere ? nothing : html`<unit-view .loaded=${this.unit} @unit-error=${this.#onError}></unit-view>`}
      <div class="container"></div>
    </section>`;
  }

  #onError({ detail }: CustomEvent<{ error: unknown }>): void {
    if (describeFailure(detail.error).code === "move-unsupported") void this.startIn(this.container);
  }
}
