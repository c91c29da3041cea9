import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { property, queryAll, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import type { ArgumentField } from "../argument-field/argument-field.js";
import { templatesFor, type CallTemplate } from "../model/call-templates.js";
import type { Sample } from "../model/sample.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import { tell } from "../shared/tell.js";

/**
 * What can be called, with its arguments to fill in.
 * @fires unit-call
 */
export class CallPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      section {
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .tabs {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
        margin-bottom: var(--space-4);
      }
      .tab {
        min-height: 1.875rem;
        padding: 0 var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius-round);
        background: transparent;
        color: var(--ink-soft);
        font-size: var(--text-note);
        font-weight: 550;
        transition:
          background var(--quick),
          color var(--quick);
      }
      .tab:hover {
        color: var(--ink);
        border-color: var(--line-strong);
      }
      .tab[aria-pressed="true"] {
        background: var(--accent-soft);
        border-color: transparent;
        color: var(--accent-strong);
      }
      form {
        display: grid;
        gap: var(--space-3);
      }
      footer {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        flex-wrap: wrap;
      }
      code {
        font: 500 var(--text-note) var(--font-mono);
        color: var(--ink-soft);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) unit = "";
  @property({ attribute: false }) samples: readonly Sample[] = [];
  @property({ type: Boolean }) busy = false;
  @state() private index = 0;
  @queryAll("workbench-argument-field") private fields!: NodeListOf<ArgumentField>;

  // Kept from render to render, so that what was typed into a template's fields stays.
  #templates: CallTemplate[] = [];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("unit") || changed.has("samples")) this.#templates = templatesFor(this.unit, this.samples);
  }

  override render() {
    const template = this.#templates[this.index];
    if (!template) return nothing;
    return html`<section aria-label="Call it">
      <div class="tabs" role="group" aria-label="What to call">
        ${this.#templates.map(
          ({ label }, index) =>
            html`<button
              class="tab"
              type="button"
              aria-pressed=${index === this.index ? "true" : "false"}
              @click=${() => (this.index = index)}
            >
              ${label}
            </button>`,
        )}
      </div>
      <form @submit=${(event: Event) => this.#submit(event, template)}>
        ${keyed(
          template,
          template.parameters.map(
            ({ label, accepts, initial }) =>
              html`<workbench-argument-field
                label=${label}
                accepts=${accepts}
                .initial=${initial}
                @keydown=${this.#keyDown}
              ></workbench-argument-field>`,
          ),
        )}
        <footer>
          <button class="button primary" ?disabled=${this.busy}>${this.busy ? "Running…" : "Run"}</button>
          ${template.export ? html`<code>exports.${template.export}(${template.parameters.length ? "…" : ""})</code>` : nothing}
        </footer>
      </form>
    </section>`;
  }

  #submit(event: Event, template: CallTemplate): void {
    event.preventDefault();
    const fields = [...this.fields];
    const faulty = fields.find(({ isValid }) => !isValid);
    if (faulty) return faulty.focus();
    const call = template.toCall(fields.map(({ value }) => value));
    tell(this, "unit-call", { name: this.unit, call });
  }

  // As in every place where code is typed and run.
  #keyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.renderRoot.querySelector("form")?.requestSubmit();
  }
}
