import { LitElement, css, html, nothing } from "lit";
import { property, query } from "lit/decorators.js";
import type { Unit } from "../../../src/index.js";
import { base } from "../shared/base.js";

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
  /** Where a view starts that cannot be moved here once it has; there once the panel has been rendered. */
  @query(".container") container!: HTMLElement;

  override render() {
    const isElsewhere = !this.unit || this.container?.hasChildNodes();
    return html`<section aria-label="View">
      ${isElsewhere ? nothing : html`<unit-view .loaded=${this.unit}></unit-view>`}
      <div class="container"></div>
    </section>`;
  }
}
