import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Unit } from "../../../src/index.js";
import { base } from "../shared/base.js";
import { describeFailure, type Failure } from "../shared/failure.js";

/** Where the view of an installed unit is shown. Stays in the page while the unit is loaded, in sight or not. */
export class ViewPanel extends LitElement {
  static override styles = [
    base,
    css`
      .frame {
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
      .frame:empty {
        display: none;
      }
      p {
        padding: var(--space-4);
        font-size: var(--text-note);
        color: var(--danger);
      }
    `,
  ];

  /** Whose view; undefined while it is not loaded. */
  @property({ attribute: false }) unit: Unit | undefined = undefined;
  /** Shows the unit's view inside an element. */
  @property({ attribute: false }) mount!: (unit: Unit, container: Element) => Promise<void>;
  @state() private failure: Failure | undefined;
  @query(".frame") private frame!: HTMLElement;

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has("unit")) return;
    this.failure = undefined;
    if (this.unit)
      void this.mount(this.unit, this.frame).catch((error: unknown) => (this.failure = describeFailure(error)));
  }

  override render() {
    return html`<section aria-label="View">
      ${this.failure ? html`<p role="alert">${this.failure.message}</p>` : nothing}
      <div class="frame"></div>
    </section>`;
  }
}
